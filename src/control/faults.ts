import type { Fault } from '#faults/fault.ts'
import { Faults } from '#faults/faults.ts'
import { UserError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import { type ControlCall, NotFoundError } from './call.ts'

/** Each with its name, and how often it was applied. */
const FAULTS = s.object({ faults: s.list(s.object({ name: s.string() }, 'allow')) })

/** What goes wrong on the way of requests. */
export const faultCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/faults',
    summary: 'the faults, and how often each was applied',
    answers: FAULTS,
    run: ({ selected: { mock } }) => ({ faults: mock.faults.list }),
  },
  {
    method: 'PUT',
    path: '/faults',
    summary: 'these faults and no others: one, a list, or {"faults": […]}',
    sends: ({ fault }) => ({
      anyOf: [
        fault,
        { type: 'array', items: fault },
        { type: 'object', properties: { faults: { type: 'array', items: fault } }, required: ['faults'] },
      ],
    }),
    answers: FAULTS,
    run: async ({ selected: { mock }, body }) => {
      const wanted = readFaults(await body())
      const tried = new Faults()
      // A mistake in one leaves all as they were.
      for (const fault of wanted) mock.faults.check(fault)
      for (const fault of wanted) tried.add(fault)
      mock.faults.clear()
      for (const fault of wanted) mock.faults.add(fault)
      return { faults: mock.faults.list }
    },
  },
  {
    method: 'POST',
    path: '/faults',
    summary: 'one fault more, such as {"on": {"method": "PUT"}, "drop": "request", "times": 1}',
    sends: ({ fault }) => fault,
    answers: s.object({ name: s.string() }),
    run: async ({ selected: { mock }, body }) => ({ name: mock.faults.add(((await body()) ?? {}) as Fault) }),
  },
  {
    method: 'DELETE',
    path: '/faults',
    summary: 'end all faults',
    answers: s.object({ cleared: s.literal(true) }),
    run: ({ selected: { mock } }) => {
      mock.faults.clear()
      return { cleared: true }
    },
  },
  {
    method: 'DELETE',
    path: '/faults/{name}',
    summary: 'end a fault',
    answers: s.object({ ended: s.string() }),
    run: ({ selected: { mock }, params }) => {
      if (!mock.faults.remove(params.name!)) {
        const known = mock.faults.list.map(({ name }) => name).join(', ')
        throw new NotFoundError(`There is no fault "${params.name}". There are: ${known || 'none'}.`)
      }
      return { ended: params.name }
    },
  },
]

function readFaults(body: unknown): Fault[] {
  const listed = (body as { faults?: unknown } | undefined)?.faults ?? body
  if (typeof listed !== 'object' || listed === null)
    throw new UserError('Failed to read the faults: send one, a list of them, or {"faults": […]}.')
  return (Array.isArray(listed) ? listed : [listed]) as Fault[]
}
