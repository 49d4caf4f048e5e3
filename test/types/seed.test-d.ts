import { createOcsMock, type Seed, type UserSeed } from 'ocs-mock'
import { expectTypeOf } from 'vitest'

const seed: Seed = {
  users: [{ id: 'alice', password: 'secret', displayName: 'Alice', groups: ['staff'], enabled: true }],
  groups: ['dev'],
  apps: { enabled: ['files_external'], disabled: ['weather_status'] },
  config: { system: { default_language: 'de' }, apps: { core: { shareapi_enabled: 'no' } } },
  files: { alice: { '/a.txt': 'text', '/b.bin': { size: 10 }, '/folder/': '' } },
  shares: [{ owner: 'alice', path: '/a.txt', type: 'link' }],
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  counters: { share: 41 },
  random: 7,
}
createOcsMock({ seed }).reset(seed)
expectTypeOf<NonNullable<Seed['users']>[number]>().toEqualTypeOf<UserSeed>()

// What a document has as text keeps working where types are wide.
const ids: readonly string[] = ['a', 'b']
createOcsMock({ seed: { users: ids.map((id) => ({ id })), groups: ids } })

// @ts-expect-error: misspelt
createOcsMock({ seed: { user: [] } })
// @ts-expect-error: an account has an id
createOcsMock({ seed: { users: [{ password: 'secret' }] } })
// @ts-expect-error
createOcsMock({ seed: { users: [{ id: 'alice', displayname: 'Alice' }] } })
// @ts-expect-error
createOcsMock({ seed: { shares: [{ owner: 'alice', path: '/a.txt', type: 'public' }] } })
// @ts-expect-error
createOcsMock({ seed: { apps: ['files_external'] } })
// @ts-expect-error
createOcsMock({ seed: { clock: { now: new Date(0) } } })
// @ts-expect-error
createOcsMock({ seed: { files: { alice: { '/a.txt': 1 } } } })
