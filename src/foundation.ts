import type { OcsApp } from '#app/define-app.ts'
import { withApps } from '#app/with-apps.ts'
import { UserError } from '#lib/errors.ts'
import { platformProblem } from '#lib/platform.ts'
import { RouteTable } from '#line/instance.ts'
import type { Texts } from '#line/texts.ts'
import { Translations } from '#line/translations.ts'
import { findProfile, loadProfile } from '#profiles/index.ts'
import { install } from '#profiles/install.ts'
import { openProfile, type Profile, type ProfileDefinition } from '#profiles/profile.ts'
import { findShipped } from '#scenario/shipped.ts'
import { forgetCards } from '#world/accounts/contacts.ts'
import { keepTables } from '#world/dump.ts'
import { applySeed } from '#world/seed.ts'
import { find as findApp, provide, withdraw } from '#world/settings/apps.ts'
import { World, type WorldRules } from '#world/world.ts'
import { type AppPage, withPages } from './app-page.ts'
import { type Composition, compose } from './compose.ts'
import type { Scenario, Seed } from './types.ts'

/** What a mock stands on. Its forks share it. */
export interface Foundation {
  readonly profile: Profile
  readonly composition: Composition
  readonly table: RouteTable
  /**
   * A world as the options say that it begins: now, or at the moment of a clock. It was installed then.
   * @param clock of a seed that is to be laid over it
   */
  begin(clock?: ClockSeed): World
  /** What is laid over English messages. */
  readonly translations?: Translations | undefined
  /** Apps of one's own. */
  readonly apps: readonly OcsApp[]
}

interface Options {
  readonly profile?: string | ProfileDefinition
  readonly seed?: Seed
  readonly scenario?: Scenario | string
  readonly apps?: readonly OcsApp[]
  readonly pages?: Readonly<Record<string, AppPage>>
  readonly readFolder?: WorldRules['readFolder']
  readonly texts?: Texts
}

/** What a seed says of the time. */
type ClockSeed = NonNullable<Seed['clock']>

/** Milliseconds after which a world that began is no longer a fresh one. */
const STAYS_FRESH = 60_000

/** @throws UserError for a platform that is too old, an unknown profile, apps that do not fit together, or a mistake in the seed */
export function layFoundation({
  profile: wanted,
  seed,
  scenario,
  apps: own = [],
  pages = {},
  readFolder,
  texts,
}: Options): Foundation {
  const tooOld = platformProblem()
  if (tooOld !== null) throw new UserError(tooOld)
  const apps = withPages(own, pages)
  const composition = compose(apps)
  const { catalogue, addedApps } = composition
  const profile = openProfile(withApps(findProfile(wanted ?? profileOf(scenario)), addedApps))
  const makeStarting = (clock: ClockSeed | undefined): World => {
    const world = new World({ ...catalogue.rules, release: profile.release, ...(readFolder ? { readFolder } : {}) })
    if (clock) applySeed(world, { clock })
    install(world, profile)
    forgetCards(world)
    if (seed) applySeed(world, clock ? { ...seed, clock } : seed)
    return world
  }
  const starting = new StartingWorld(makeStarting, seed?.clock)
  return {
    profile,
    composition,
    table: new RouteTable(catalogue, profile),
    begin: (clock) => starting.begin(clock),
    translations: texts && new Translations(texts),
    apps,
  }
}

/** The world that all others begin as. It is made anew only when it has aged, or at another moment. */
class StartingWorld {
  readonly #make: (clock: ClockSeed | undefined) => World
  readonly #clock: ClockSeed | undefined
  #world: World
  #madeAt = Date.now()

  constructor(make: (clock: ClockSeed | undefined) => World, clock: ClockSeed | undefined) {
    this.#make = make
    this.#clock = clock
    this.#world = make(clock)
  }

  begin(clock: ClockSeed | undefined): World {
    if (clock?.now !== undefined) return this.#make(clock)
    if (this.#clock?.now === undefined && Date.now() - this.#madeAt > STAYS_FRESH) {
      this.#world = this.#make(this.#clock)
      this.#madeAt = Date.now()
    }
    const world = this.#world.fork()
    if (this.#clock) applySeed(world, { clock: this.#clock })
    return world
  }
}

/**
 * The profile that options ask for, loaded where that takes time.
 * @throws UserError for an unknown one
 */
export const loadWanted = ({ profile, scenario }: Pick<Options, 'profile' | 'scenario'>): Promise<ProfileDefinition> =>
  loadProfile(profile ?? profileOf(scenario))

function profileOf(scenario: Options['scenario']): string | undefined {
  return typeof scenario === 'string' ? findShipped(scenario).profile : scenario?.profile
}

/**
 * Let a world go on with other apps of one's own. What is kept in tables stays where they stay; new apps are installed
 * and enabled, and those that went are gone from the apps folder.
 * @returns what was lost, in sentences
 */
export function changeApps(world: World, before: Foundation, after: Foundation): string[] {
  const rules = { ...world.rules, ...after.composition.catalogue.rules, release: after.profile.release }
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
