import type { BriefEntry, JournalEntry } from '#journal/journal-entry.ts'
import { redactDeep } from '#journal/redact.ts'
import type { Answer } from '#line/call.ts'
import type { MockEvent, OcsMock } from '#mock.ts'
import { type ControlCall, RawAnswer } from './call.ts'

/** What happens, as it happens. */
export const eventCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/events',
    summary: 'server-sent events: hello, request, world, clock, scenario, faults, reset, apps; ?brief=1 without bodies',
    query: { brief: 'without headers and bodies' },
    run: ({ selected: { mock }, query }) => new RawAnswer(eventStream(mock, query.get('brief') !== null)),
  },
]

function eventStream(mock: OcsMock, isBrief: boolean): Answer {
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
        write(asText(event.type, detailsOf(mock, event, isBrief)))
      }),
  }
}

function detailsOf(mock: OcsMock, event: MockEvent, isBrief: boolean): unknown {
  switch (event.type) {
    case 'request':
      return isBrief ? briefly(event.entry) : event.entry
    case 'world':
      return redactDeep(event.event)
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

function briefly({ headers: _, body: _body, answer: _answer, changes: _changes, ...brief }: JournalEntry): BriefEntry {
  return brief
}

/** JSON has no line breaks of its own, so that one line of data is enough. */
const asText = (type: string, details: unknown) => `event: ${type}\ndata: ${JSON.stringify(details)}\n\n`
