import type { Answer } from '#line/call.ts'
import type { MockEvent, OcsMock } from '#mock.ts'
import { type ControlCall, RawAnswer } from './call.ts'

/** What happens, as it happens. */
export const eventCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/events',
    summary: 'server-sent events: hello, request, world, clock, scenario, faults, reset, apps',
    run: ({ selected: { mock } }) => new RawAnswer(eventStream(mock)),
  },
]

function eventStream(mock: OcsMock): Answer {
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/event-stream; charset=utf-8'],
      ['Cache-Control', 'no-store'],
      ['Cross-Origin-Resource-Policy', 'same-origin'],
    ],
    // Something comes at once, so that whoever waits knows that the stream is open.
    body: asText('hello', { count: mock.journal.count }),
    stream: (write) =>
      mock.on((event) => {
        write(asText(event.type, detailsOf(mock, event)))
      }),
  }
}

function detailsOf(mock: OcsMock, event: MockEvent): unknown {
  switch (event.type) {
    case 'request':
      return event.entry
    case 'world':
      return event.event
    case 'scenario':
      return event.state
    case 'faults':
      return { faults: mock.faults.list }
    case 'clock':
      return { now: new Date(mock.world.clock.now()).toISOString(), frozen: mock.world.clock.state.frozenAt !== null }
    case 'reset':
      return {}
    case 'apps':
      return { apps: mock.apps.map(({ id }) => id) }
  }
}

/** JSON has no line breaks of its own, so that one line of data is enough. */
const asText = (type: string, details: unknown) => `event: ${type}\ndata: ${JSON.stringify(details)}\n\n`
