import { type Handled, handle } from '#line/handle.ts'
import type { Catalogue, Instance } from '#line/instance.ts'
import { applySeed } from '#world/seed.ts'
import { type Account, type Asked, callOf } from '../exchange.ts'
import { shadowOf } from '../model-instance.ts'
import type { Target } from '../target.ts'

/** App settings of a server that decide what its answers to our steps are. */
export type Settings = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What the model made of a step. */
export interface Predicted {
  readonly handled: Handled
  /** The model as it was before. */
  readonly before: Instance
}

/** Our own server in the shape of the one that is judged, which takes the same steps. */
export class Model {
  readonly #instance: Instance
  readonly #base: string

  constructor(target: Target, catalogue: Catalogue, settings: Settings) {
    this.#instance = shadowOf({ ...target, catalogue })
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
  async foresee(asked: Asked, accounts: readonly Account[]): Promise<Handled> {
    return handle(this.#fork(), callOf(asked, accounts, this.#base))
  }

  /** Take a step. */
  async take(asked: Asked, accounts: readonly Account[]): Promise<Predicted> {
    const before = this.#fork()
    return { handled: await handle(this.#instance, callOf(asked, accounts, this.#base)), before }
  }

  #fork(): Instance {
    return this.#instance.inWorld(this.#instance.world.fork())
  }
}
