import { SimpleFaker } from '@faker-js/faker'

export interface RandomState {
  readonly seed: number
  /** How often something was drawn. With the seed it fixes everything that is drawn from now on. */
  readonly draws: number
}

const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** The world's randomness: the same seed and the same order of questions give the same answers. */
export class Random {
  #seed = 1
  #draws = 0
  /** Made for the first draw: most forks draw nothing. */
  #faker: SimpleFaker | undefined

  /**
   * A generator for one draw, seeded with the world's seed and the number of draws before it.
   * @internal its type belongs to a package that is bundled
   */
  draw(): SimpleFaker {
    this.#faker ??= new SimpleFaker()
    this.#faker.seed([this.#seed, this.#draws++])
    return this.#faker
  }

  /** Letters and digits, as Nextcloud's tokens have them. */
  token(length: number, alphabet: string = ALPHANUMERIC): string {
    return this.draw().string.fromCharacters(alphabet, length)
  }

  /** Lower-case hexadecimal digits. */
  hex(length: number): string {
    return this.token(length, '0123456789abcdef')
  }

  int(min: number, max: number): number {
    return this.draw().number.int({ min, max })
  }

  get state(): RandomState {
    return { seed: this.#seed, draws: this.#draws }
  }

  restore(state: RandomState): void {
    this.#seed = state.seed
    this.#draws = state.draws
  }
}
