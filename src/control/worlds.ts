import type { OcsApp } from '#app/define-app.ts'
import { UserError } from '#lib/errors.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'
import type { OcsMock } from '#mock.ts'
import { loadProfile } from '#profiles/index.ts'
import type { Scenario } from '#scenario/format.ts'
import type { World } from '#world/world.ts'

/** A mock with what the control API keeps about it. */
export interface ControlledWorld {
  /** Empty for the default world. */
  readonly name: string
  readonly mock: OcsMock
  readonly snapshots: Map<string, Snapshot>
}

export interface Snapshot {
  readonly name: string
  /** Milliseconds since 1970 by the machine's clock. */
  readonly takenAt: number
  readonly world: World
}

/** Each costs some ten kilobytes and its journal. Far more than workers, and far less than a leak. */
const MOST_WORLDS = 1000
const MAX_NAME = 100
const MAX_SCENARIOS = 1000

const WITH_PROFILE = /@([a-z][\w.-]*)$/

/** The default world, and those that parallel workers made by naming them. */
export class Worlds {
  readonly #default: ControlledWorld
  readonly #scenarios = new Map<string, Scenario>()
  readonly #named = new Map<string, ControlledWorld>()

  readonly #most: number

  /** @param most how many worlds there are besides the default one; of more, those go that were used longest ago */
  constructor(mock: OcsMock, most = MOST_WORLDS) {
    if (!Number.isSafeInteger(most) || most < 1)
      throw new UserError(`Failed to keep ${most} worlds: write a whole number from 1.`)
    this.#most = most
    this.#default = { name: '', mock, snapshots: new Map() }
    const own = mock.ownScenario
    if (own) this.keepScenario(own.name ?? 'scenario', own)
  }

  /**
   * The world of this name, made from the starting world on first use. Where there are too many, the one that was used
   * longest ago goes; named again, it starts anew.
   * @throws UserError for too long a name
   */
  select(name: string, make = () => this.#default.mock.fork(name)): ControlledWorld {
    if (name === '') return this.#default
    const known = this.#named.get(name)
    if (known) {
      // The map has them in the order of their last use.
      this.#named.delete(name)
      this.#named.set(name, known)
      return known
    }
    if (name.length > MAX_NAME) {
      throw new UserError(`Failed to make a world: its name has more than ${MAX_NAME} characters.`)
    }
    for (const oldest of this.#named.keys()) {
      if (this.#named.size < this.#most) break
      this.#named.delete(oldest)
    }
    const made = { name, mock: make(), snapshots: new Map() }
    made.mock.contract?.test(name)
    this.#named.set(name, made)
    return made
  }

  /**
   * The world of this name. Behind an at sign, the name says which profile the world is made with: `ci@nextcloud-33`. What
   * is made on first use may have to be loaded.
   * @throws UserError as {@link select}, and for an unknown profile
   */
  open(name: string): MaybePromise<ControlledWorld> {
    const [, profile] = WITH_PROFILE.exec(name) ?? []
    if (profile === undefined || this.#named.has(name)) return this.select(name)
    return loadProfile(profile).then((loaded) => this.select(name, () => this.#default.mock.withProfile(loaded, name)))
  }

  /** Scenarios that callers brought, by name; all worlds can play them. */
  get keptScenarios(): ReadonlyMap<string, Scenario> {
    return this.#scenarios
  }

  /** @throws UserError for one too many */
  keepScenario(name: string, scenario: Scenario): void {
    if (!this.#scenarios.has(name) && this.#scenarios.size >= MAX_SCENARIOS)
      throw new UserError(`Failed to keep the scenario "${name}": there are ${MAX_SCENARIOS} already.`)
    this.#scenarios.set(name, scenario)
  }

  /**
   * Go on with other apps of one's own in all worlds, and in their snapshots.
   * @returns what was lost, in sentences
   * @throws UserError where they do not fit; then nothing has changed
   */
  replaceApps(apps: readonly OcsApp[]): string[] {
    const named = [...this.#named.values()]
    const isLikeDefault = ({ mock }: ControlledWorld) => mock.profile.id === this.#default.mock.profile.id
    const replaceIn = (first: ControlledWorld, forks: readonly ControlledWorld[]) =>
      first.mock.replaceApps(apps, {
        forks: forks.map(({ mock }) => mock),
        worlds: [first, ...forks].flatMap((one) => [...one.snapshots.values()]).map(({ world }) => world),
      })
    const lost = replaceIn(this.#default, named.filter(isLikeDefault))
    lost.push(...named.filter((one) => !isLikeDefault(one)).flatMap((one) => replaceIn(one, [])))
    return [...new Set(lost)]
  }

  get names(): string[] {
    return [...this.#named.keys()]
  }

  /** Whether there was one. */
  forget(name: string): boolean {
    return this.#named.delete(name)
  }

  forgetAll(): void {
    this.#named.clear()
  }
}
