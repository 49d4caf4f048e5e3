import { type Catalogue, Instance, RouteTable } from '../instance.ts'
import type { Profile } from '../profiles/profile.ts'
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
  applySeed(world, {
    apps: { enabled: apps },
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
