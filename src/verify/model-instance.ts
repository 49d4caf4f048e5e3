import { UserError } from '#lib/errors.ts'
import type { Catalogue } from '#line/catalogue.ts'
import { Instance, RouteTable } from '#line/instance.ts'
import { install } from '#profiles/install.ts'
import type { Profile } from '#profiles/profile.ts'
import { applySeed } from '#world/seed.ts'
import { available, find } from '#world/settings/apps.ts'
import { World } from '#world/world.ts'
import type { Account } from './exchange.ts'

/** What the judge must know about an instance. */
export interface ModelInstanceOptions {
  readonly profile: Profile
  readonly catalogue: Catalogue
  /** The apps that are enabled there. */
  readonly apps: readonly string[]
  readonly accounts: readonly Account[]
  /** `https://cloud.example.com/nextcloud`, no trailing slash. */
  readonly base: string
}

/** What a server calls accounts and groups may be nothing that ours can have; then the model is without them. */
function seedIfPossible(world: World, seed: Parameters<typeof applySeed>[1]): void {
  try {
    applySeed(world, seed)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
  }
}

/**
 * Our own instance in the shape of the one that is judged: its apps and the accounts that are used, so that
 * the line finds the same routes and gives the same people access.
 */
export function createModelInstance({ profile, catalogue, apps, accounts, base }: ModelInstanceOptions): Instance {
  const world = new World({ ...catalogue.rules, release: profile.release })
  const { users: _, files: __, activities: ___, ...installation } = profile.installation
  install(world, { apps: profile.apps, installation })
  const known = available(world)
  const store = (catalogue.rules.store ?? []).map(({ id }) => id)
  const isOff = (app: string) => !apps.includes(app) && !find(world, app)?.alwaysEnabled
  applySeed(world, {
    apps: { enabled: apps.filter((app) => known.includes(app) || store.includes(app)), disabled: known.filter(isOff) },
  })
  for (const { id, password, role, subAdminOf } of accounts) {
    seedIfPossible(world, { users: [{ id, password, groups: role === 'admin' ? ['admin'] : [] }] })
    for (const group of subAdminOf) seedIfPossible(world, { groups: [{ id: group, subAdmins: [id] }] })
  }
  return new Instance({ world, profile, catalogue, table: new RouteTable(catalogue, profile), baseUrl: base })
}
