import type { Progress } from '#verify/verification.ts'
import type { Output } from '../command.ts'

const PLAIN_STEP = 0.1
const BAR = 24
const WIDTH = 80

/** A bar on a terminal, a line for every tenth elsewhere. */
export class ProgressLine {
  readonly #output: Output
  #shown = 0

  constructor(output: Output) {
    this.#output = output
  }

  show({ done, total, operation }: Progress): void {
    const share = total === 0 ? 1 : done / total
    if (this.#output.isTerminal) {
      const filled = Math.round(share * BAR)
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${done}/${total} ${operation}`
      this.#output.write(`\r\u001b[K${bar.slice(0, (this.#output.columns ?? WIDTH) - 1)}`)
    } else if (share >= this.#shown + PLAIN_STEP || done === total) {
      this.#shown = Math.floor(share / PLAIN_STEP) * PLAIN_STEP
      this.#output.write(`${done} of ${total} questions asked\n`)
    }
  }

  /** A message between two steps. */
  log(message: string): void {
    this.#output.write(this.#output.isTerminal ? `\r\u001b[K${message}\n` : `${message}\n`)
  }

  end(): void {
    if (this.#output.isTerminal) this.#output.write('\r\u001b[K')
  }
}
