import { createOcsMock } from '#index.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { RouteTable } from '#line/instance.ts'
import { OcsMock } from '#mock.ts'
import { Sender } from '#verify/sender.ts'
import { verifyWrites, type WriteVerification } from '#verify/stateful/verify-writes.ts'
import { discover } from '#verify/target.ts'
import type { WriteOptions } from '#verify/verification.ts'
import { compositionWith, shipped } from './catalogue.ts'

const BASE = 'https://cloud.example.com'
export const ADMIN = { user: 'admin', password: 'admin' } as const

/** A server with accounts, groups, files and a share that are none of ours. */
export async function openCloud(...replaced: readonly Endpoint[]): Promise<OcsMock> {
  const base = createOcsMock({
    seed: {
      users: [{ id: 'erin', groups: ['readers'] }, { id: 'ocsmock-fan' }],
      files: { erin: { '/notes.txt': 'Mine.' } },
      shares: [{ owner: 'erin', path: '/notes.txt', type: 'link' }],
    },
    onNotBuilt: () => {},
  })
  if (replaced.length === 0) return logIn(base)
  const composition = compositionWith(replaced)
  const table = new RouteTable(composition.catalogue, base.profile)
  const foundation = { profile: base.profile, begin: () => base.world.fork(), composition, table, apps: [] }
  return logIn(new OcsMock({ onNotBuilt: () => {} }, { foundation }))
}

/** Whoever logs in for the first time leaves traces. */
async function logIn(cloud: OcsMock): Promise<OcsMock> {
  const headers = { authorization: `Basic ${btoa(`${ADMIN.user}:${ADMIN.password}`)}`, 'ocs-apirequest': 'true' }
  await cloud.fetch(`${BASE}/ocs/v2.php/cloud/user`, { headers: { ...headers, 'accept-language': 'en' } })
  return cloud
}

/** Drive the stories against a server. */
export async function drive(
  fetch: typeof globalThis.fetch,
  more: Partial<WriteOptions> = {},
): Promise<WriteVerification> {
  const sleep = async () => {}
  const sender = new Sender({ base: BASE, fetch, sleep })
  const target = await discover(sender, [ADMIN])
  return verifyWrites({ target, sender, catalogue: shipped.catalogue, sleep, ...more })
}

/** All state of a server that a run could have left something in. */
export function remains({ world }: OcsMock): unknown {
  // That a card is gone is remembered for those who synchronise address books, by a real server too. Sessions and
  // direct links of an account that is gone let nobody in, and go when their time is over. Whoever makes a tag, the
  // streams of administrators say so for good, and which tags somebody used last is kept.
  const {
    fileNodes,
    fileNames,
    users,
    goneAccountCards: _,
    sessions: __,
    directLinks: ___,
    activities,
    preferences,
    ...tables
  } = world.dump().tables
  const nodes = Object.values(fileNodes ?? {}) as { id: number; storage: string; name: string; parent: number }[]
  return {
    activities: withoutTags(activities),
    preferences: withoutTags(preferences),
    users: Object.values(users ?? {}).map((user) => ({ ...(user as object), lastLogin: 0 })),
    ...Object.fromEntries(Object.entries(tables).filter(([, rows]) => Object.keys(rows).length > 0)),
    // The folder for avatars is made for the first account, and stays.
    files: nodes
      .filter(({ storage, name }) => storage !== 'local::data' || name !== 'avatar')
      .map(({ id, storage, name, parent }) => `${id} ${storage} ${parent}/${name}`),
    names: Object.keys(fileNames ?? {}).filter((name) => !name.endsWith('/avatar')),
  }
}

/** The rows of a table that are not of the app for tags. */
function withoutTags(rows: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const isOfTags = (row: unknown) => (row as { readonly app?: string }).app === 'systemtags'
  return Object.fromEntries(Object.entries(rows).filter(([, row]) => !isOfTags(row)))
}
