import type { CommandContext } from './command.ts'

/**
 * Progress bars as they are written where nobody watches, on standard error, and where all is done at once: a bar shows
 * its first step and its last (Symfony Console 6.4, source; Nextcloud 34.0.1, asked).
 */
type Written = Pick<CommandContext, 'errorOutput'>

const WIDTH = 28
/** Of the number of a step, where nobody knows how many there will be. */
const DIGITS = 4

/** A progress bar of unknown length that begins. */
export const beginProgress = ({ errorOutput }: Written): void => errorOutput.write(barOf(0))

/** A progress bar of unknown length of which the first step is seen. @param first how far it goes at once */
export const stepProgress = ({ errorOutput }: Written, first: number): void =>
  errorOutput.write(first === 0 ? barOf(0) : `\n${barOf(first)}`)

/** A progress bar that goes from one to a number of steps. */
export function finishProgress({ errorOutput }: Written, steps: number): void {
  if (steps > 1) errorOutput.write(`\n${barOf(1, steps)}`)
  if (steps > 0) errorOutput.write(`\n${barOf(steps, steps)}`)
}

/** @param of how many steps there are; default: nobody knows */
function barOf(step: number, of?: number): string {
  if (of === undefined) return ` ${String(step).padStart(DIGITS)} [${'>'.padEnd(WIDTH, '-')}]`
  const done = Math.floor((step / of) * WIDTH)
  const bar = '='.repeat(done) + (done < WIDTH ? '>'.padEnd(WIDTH - done, '-') : '')
  const percent = String(Math.floor((step / of) * 100)).padStart(3)
  return ` ${String(step).padStart(String(of).length)}/${of} [${bar}] ${percent}%`
}
