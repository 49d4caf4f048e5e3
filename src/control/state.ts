import { redactRecord } from '#journal/redact.ts'
import { mergePatch } from '#lib/merge-patch.ts'
import { s } from '#lib/schema.ts'
import type { OcsMock } from '#mock.ts'
import { VERSION } from '#version.ts'
import type { Seed } from '#world/seed.ts'
import type { ControlCall } from './call.ts'

/** A world as a document: what `GET /state` answers and `PUT /state` takes. */
export const DUMP = s.record(s.any())

/** The world as a whole. */
export const stateCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/health',
    summary: 'profile, version, uptime',
    answers: s.object({
      status: s.literal('ok'),
      profile: s.string(),
      product: s.string(),
      version: s.string(),
      world: s.string(),
      uptime: s.number(),
    }),
    run: ({ selected: { name, mock } }) => ({
      status: 'ok',
      profile: mock.profile.id,
      product: `${mock.profile.productName} ${mock.profile.versionString}`,
      version: VERSION,
      world: name,
      uptime: process.uptime(),
    }),
  },
  {
    method: 'POST',
    path: '/reset',
    summary: 'the starting world again; a JSON body is a seed laid over it',
    sends: ({ seed }) => seed,
    answers: s.object({ reset: s.literal(true) }),
    run: async ({ selected: { mock }, body }) => {
      mock.reset((await body()) as Seed | undefined)
      return { reset: true }
    },
  },
  {
    method: 'GET',
    path: '/state',
    summary: 'dump the world; with ?redact=1 to be shown: without its secrets, which cannot be loaded again',
    query: { redact: '1: without passwords, tokens and the randomness that makes them' },
    answers: DUMP,
    run: ({ selected: { mock }, query }) => (query.get('redact') === '1' ? redactedState(mock) : mock.world.dump()),
  },
  {
    method: 'PUT',
    path: '/state',
    summary: 'replace the world by a dump',
    sends: () => DUMP.toJsonSchema(),
    answers: s.object({ loaded: s.literal(true) }),
    run: async ({ selected: { mock }, body }) => {
      const dump = await body()
      mock.world.load(dump, await mock.tables())
      return { loaded: true }
    },
  },
  {
    method: 'PATCH',
    path: '/state',
    summary: 'change the world by a JSON Merge Patch of its dump',
    sends: () => ({ type: 'object', description: 'a JSON Merge Patch of the dump' }),
    answers: s.object({ merged: s.literal(true) }),
    run: async ({ selected: { mock }, body }) => {
      const patch = await body()
      const tables = await mock.tables()
      mock.world.load(mergePatch(mock.world.dump(), patch), tables)
      return { merged: true }
    },
  },
]

/** A dump with its secrets redacted. It says so, and has no randomness, which would tell the secrets to come. */
async function redactedState(mock: OcsMock) {
  const { clock, counters, tables } = mock.world.dump()
  const known = await mock.tables()
  const shown = Object.entries(tables).map(([name, records]) => {
    const { open = [] } = known.get(name) ?? {}
    const redacted = Object.entries(records).map(([key, record]) => redactRecord(key, record, { open }))
    return [name, Object.fromEntries(redacted.map(({ key, record }) => [key, record]))] as const
  })
  return { redacted: true, clock, counters, tables: Object.fromEntries(shown) }
}
