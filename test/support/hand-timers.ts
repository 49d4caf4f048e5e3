import type { Timers } from '#scenario/timers.ts'

/** Timers that a test moves by hand: nothing waits for real time. */
export class HandTimers implements Timers {
  /** What latency was waited for, in milliseconds. */
  readonly slept: number[] = []
  #waiting: { milliseconds: number; callback: () => void }[] = []

  readonly sleep = async (milliseconds: number): Promise<void> => {
    this.slept.push(milliseconds)
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { milliseconds, callback }
    this.#waiting.push(timer)
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== timer)
    }
  }

  /** How long the timers wait that were not called off. */
  get waiting(): number[] {
    return this.#waiting.map(({ milliseconds }) => milliseconds)
  }

  /** Let all timers end. */
  end(): void {
    for (const { callback } of this.#waiting.splice(0)) callback()
  }
}
