import type { OcsApp } from '#app/define-app.ts'
import { withApps } from '#app/with-apps.ts'
import { RouteTable } from '#line/instance.ts'
import { findProfile } from '#profiles/index.ts'
import { install } from '#profiles/install.ts'
import { openProfile, type Profile, type ProfileDefinition } from '#profiles/profile.ts'
import { findShipped } from '#scenario/shipped.ts'
import { forgetCards } from '#world/accounts/contacts.ts'
import { keepTables } from '#world/dump.ts'
import { applySeed } from '#world/seed.ts'
import { find as findApp, provide, withdraw } from '#world/settings/apps.ts'
import { World } from '#world/world.ts'
import { type Composition, compose } from './compose.ts'
import type { Scenario, Seed } from './types.ts'

/** What a mock stands on. Its forks share it. */
export interface Foundation {
  readonly profile: Profile
  readonly composition: Composition
  readonly table: RouteTable
  /** As the options say that it begins. Nobody changes it. */
  readonly starting: World
  /** Apps of one's own. */
  readonly apps: readonly OcsApp[]
}

interface Options {
  readonly profile?: string | ProfileDefinition
  readonly seed?: Seed
  readonly scenario?: Scenario | string
  readonly apps?: readonly OcsApp[]
}

/** @throws UserError for an unknown profile, apps that do not fit together, or a mistake in the seed */
export function layFoundation({ profile: wanted, seed, scenario, apps = [] }: Options): Foundation {
  const composition = compose(apps)
  const { catalogue, addedApps } = composition
  const profile = openProfile(withApps(findProfile(wanted ?? profileOf(scenario)), addedApps))
  const starting = new World({ ...catalogue.rules, release: profile.release })
  install(starting, profile)
  forgetCards(starting)
  if (seed) applySeed(starting, seed)
  return { profile, composition, table: new RouteTable(catalogue, profile), starting, apps }
}

function profileOf(scenario: Options['scenario']): string | undefined {
  return typeof scenario === 'string' ? findShipped(scenario).profile : scenario?.profile
}

/**
 * Let a world go on with other apps of one's own. What is kept in tables stays where they stay; new apps are installed
 * and enabled, and those that went are gone from the apps folder.
 * @returns what was lost, in sentences
 */
export function changeApps(world: World, before: Foundation, after: Foundation): string[] {
  const rules = after.starting.rules
  const { dump, lost } = keepTables(world.dump(), rules.tables)
  world.follow(rules)
  world.load(dump)
  for (const { id } of before.apps) if (!after.apps.some((app) => app.id === id)) withdraw(world, id)
  for (const { id, profileApp } of after.apps) {
    const isNew = findApp(world, id) === undefined
    provide(world, profileApp)
    if (isNew) applySeed(world, { apps: { enabled: [id] } })
  }
  return lost
}
