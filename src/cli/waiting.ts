import type { Output } from './command.ts'

const FIRST = 1500
const EACH = 1000

/** Says on a terminal that something takes its time, and for how long already. */
export class Waiting {
  readonly #output: Output
  readonly #timer: ReturnType<typeof setTimeout> | undefined
  #interval: ReturnType<typeof setInterval> | undefined
  #isShown = false

  /** @param what without a full stop: `Waiting for app_api:app:register` */
  constructor(output: Output, what: string) {
    this.#output = output
    if (!output.isTerminal) return
    const began = performance.now()
    const tell = () => {
      this.#isShown = true
      output.write(`\r\u001b[K${what} … ${Math.round((performance.now() - began) / 1000)} s`)
    }
    this.#timer = setTimeout(() => {
      tell()
      this.#interval = setInterval(tell, EACH)
    }, FIRST)
  }

  end(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#interval)
    if (this.#isShown) this.#output.write('\r\u001b[K')
  }
}
