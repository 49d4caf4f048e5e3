import { type Catalogue, Instance, RouteTable } from '../instance.ts'
import type { Profile } from '../profiles/profile.ts'
import { provide } from '../world/apps.ts'
import { applySeed } from '../world/seed.ts'
import { World } from '../world/world.ts'
import type { Account } from './exchange.ts'

/** What the judge must know about an instance. */
export interface Judged {
  readonly profile: Profile
  readonly catalogue: Catalogue
  /** The apps that are enabled there. */
  readonly apps: readonly string[]
  readonly accounts: readonly Account[]
  /** `https://cloud.example.com/nextcloud`, no trailing slash. */
  readonly base: string
}

/**
 * Our own instance in the shape of the one that is judged: its apps and the accounts that are used, so that
 * the line finds the same routes and gives the same people access.
 */
export function shadowOf({ profile, catalogue, apps, accounts, base }: Judged): Instance {
  const world = new World()
  // A server may have apps that the release does not ship; they answer nothing that we could judge.
  const known = profile.apps.filter((app) => apps.includes(app.id))
  for (const app of profile.apps) provide(world, app)
  applySeed(world, {
    apps: { enabled: known.map((app) => app.id) },
    groups: ['admin', ...accounts.flatMap((account) => account.subAdminOf)].map((id) => ({ id })),
    users: accounts.map((account) => ({
      id: account.id,
      password: account.password,
      groups: account.role === 'admin' ? ['admin'] : [],
    })),
  })
  for (const account of accounts) {
    for (const group of account.subAdminOf) applySubAdmin(world, group, account.id)
  }
  return new Instance({ world, profile, catalogue, table: new RouteTable(catalogue, profile), baseUrl: base })
}

function applySubAdmin(world: World, group: string, user: string): void {
  applySeed(world, { groups: [{ id: group, subAdmins: [user] }] })
}
