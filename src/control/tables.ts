import { redactRecord } from '#journal/redact.ts'
import { UserError } from '#lib/errors.ts'
import { isThere } from '#lib/releases.ts'
import { s } from '#lib/schema.ts'
import type { OcsMock } from '#mock.ts'
import type { TableKey } from '#world/define-table.ts'
import { type ControlCall, NotFoundError } from './call.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1000

const OPERATION = s.object({
  id: s.string(),
  app: s.string(),
  methods: s.list(s.string()),
  path: s.string(),
  kind: s.string(),
})

/** What is in the world, a page at a time, with secrets redacted; and what it can be asked. */
export const tableCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/tables',
    summary: 'the kinds of records that there are, and how many of each',
    answers: s.object({ tables: s.list(s.object({ name: s.string(), size: s.int() })) }),
    run: async ({ selected: { mock } }) => ({
      tables: [...(await mock.tables()).values()]
        .map((key) => ({ name: key.name, size: mock.world.table(key).size }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }),
  },
  {
    method: 'GET',
    path: '/tables/{name}',
    summary: 'records of a kind, secrets redacted: ?text=WORD&offset=N&limit=N',
    query: {
      text: 'only records in which it stands',
      offset: 'how many to leave out',
      limit: `at most ${MAX_LIMIT}; default: ${DEFAULT_LIMIT}`,
    },
    answers: s.object({
      table: s.string(),
      total: s.int(),
      found: s.int(),
      records: s.list(s.object({ key: s.string(), record: s.any() })),
    }),
    run: async ({ selected: { mock }, params, query }) => {
      const key = await tableOf(mock, params.name!)
      const limit = Math.min(MAX_LIMIT, number(query, 'limit', DEFAULT_LIMIT))
      return page(mock, key, { text: query.get('text') ?? '', offset: number(query, 'offset', 0), limit })
    },
  },
  {
    method: 'GET',
    path: '/operations',
    summary: 'the operations that are answered: id, app, methods, path',
    answers: s.object({ operations: s.list(OPERATION) }),
    run: ({ selected: { mock } }) => ({
      operations: mock.instance.catalogue.operations
        .filter((operation) => isThere(operation, mock.profile))
        .map(({ id, app, methods, path, kind }) => ({ id, app, methods, path, kind })),
    }),
  },
]

async function tableOf(mock: OcsMock, name: string): Promise<TableKey<unknown>> {
  const key = (await mock.tables()).get(name)
  if (!key) throw new NotFoundError(`There is no table "${name}". GET /__admin/tables lists them.`)
  return key
}

function number(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^\d+$/.test(text)) throw new UserError(`Failed to read ${name} "${text}": write a number.`)
  return Number(text)
}

interface Wanted {
  readonly text: string
  readonly offset: number
  readonly limit: number
}

/** Without a text nothing is looked at but the page itself. */
function page({ world }: OcsMock, key: TableKey<unknown>, { text, offset, limit }: Wanted) {
  const table = world.table(key)
  const wanted = text.toLowerCase()
  const records: { key: string; record: unknown }[] = []
  let found = 0
  for (const [name, record] of table.entries()) {
    const isIn = found >= offset && records.length < limit
    if (wanted === '' && !isIn) {
      found++
      continue
    }
    const shown = redactRecord(name, record, key)
    if (wanted !== '' && !JSON.stringify(shown).toLowerCase().includes(wanted)) continue
    if (isIn) records.push(shown)
    found++
  }
  return { table: key.name, total: table.size, found, records }
}
