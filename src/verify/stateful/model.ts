import type { Catalogue } from '#line/catalogue.ts'
import { handle } from '#line/handle.ts'
import type { Instance } from '#line/instance.ts'
import type { Handled } from '#line/run.ts'
import { applySeed } from '#world/seed.ts'
import { type Account, callOf, type ProbeRequest } from '../exchange.ts'
import { createModelInstance } from '../model-instance.ts'
import type { Target } from '../target.ts'

/** App settings of a server that decide what its answers to our steps are. */
export type Settings = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What the model made of a step. */
export interface Prediction {
  readonly handled: Handled
  /** The model as it was before. */
  readonly before: Instance
}

/** Our own server in the shape of the one that is judged, which takes the same steps. */
export class Model {
  readonly #instance: Instance
  readonly #base: string

  constructor(target: Target, catalogue: Catalogue, settings: Settings) {
    this.#instance = createModelInstance({ ...target, catalogue })
    this.#base = target.base
    applySeed(this.#instance.world, { config: { apps: settings } })
  }

  /** Milliseconds since 1970 by the model's clock. */
  readonly now = (): number => this.#instance.world.clock.now()

  /** The clock goes on from here. */
  setClock(milliseconds: number): void {
    this.#instance.world.clock.set(milliseconds)
  }

  /** What a step would come to. */
  async foresee(request: ProbeRequest, accounts: readonly Account[]): Promise<Prediction> {
    return { handled: await handle(this.#fork(), callOf(request, accounts, this.#base)), before: this.#fork() }
  }

  /** Whether a step leaves nothing behind but that somebody was there. */
  async leavesNothing(request: ProbeRequest, accounts: readonly Account[]): Promise<boolean> {
    const now = this.now()
    const afterwards = async (one: ProbeRequest) => {
      const fork = this.#fork()
      fork.world.clock.freeze(now)
      await handle(fork, callOf(one, accounts, this.#base))
      return JSON.stringify(fork.world.dump().tables)
    }
    const { body: _, headers: __, raw: ___, ...visit } = request
    const presence = await afterwards({ ...visit, method: 'GET', path: '/cloud/capabilities', query: '' })
    return presence === (await afterwards(request))
  }

  /** Take a step. */
  async take(request: ProbeRequest, accounts: readonly Account[]): Promise<Prediction> {
    const before = this.#fork()
    return { handled: await handle(this.#instance, callOf(request, accounts, this.#base)), before }
  }

  #fork(): Instance {
    return this.#instance.inWorld(this.#instance.world.fork())
  }
}
