import type { CommandContext } from './command.ts'

/**
 * Progress bars as they are written where nobody watches, on standard error, and where all is done at once: a bar shows
 * its first step and its last (Symfony Console 6.4, source; Nextcloud 34.0.1, asked).
 */
type Written = Pick<CommandContext, 'errorOutput'>

const WIDTH = 28
/** Of the number of a step, where nobody knows how many there will be. */
const DIGITS = 4

/** How much further the mark goes whenever a bar of unknown length is written. */
const STRIDE = WIDTH / 15
/** What is said of the time that went by where more is to be said: all is done at once. */
const ELAPSED = '< 1 sec'

/** A progress bar of unknown length that begins. */
export const beginProgress = (context: Written): void => write(context, barOf(0))

/** A progress bar of unknown length of which the first step is seen. @param first how far it goes at once */
export const stepProgress = (context: Written, first: number): void => countProgress(context, [first])

/**
 * A progress bar of unknown length that counts what is found. As long as that is nothing every look is seen, then the
 * first number, and where one came before, not even that: it comes too soon after.
 * @param found by each look
 */
export function countProgress(context: Written, found: readonly number[]): void {
  const first = found.findIndex((count) => count > 0)
  const looks = first < 0 ? found.length : first
  for (let look = 0; look < looks; look++) write(context, barOf(0, undefined, look))
  if (first === 0) write(context, `\n${barOf(found[0]!)}`)
}

/** The steps of a progress bar of unknown length that began, each of which takes its time. */
export function showSteps(context: Written, steps: number): void {
  for (let step = 1; step <= steps; step++) write(context, `\n${barOf(step, undefined, step)}`)
}

/** A progress bar that goes from one to a number of steps. */
export function finishProgress(context: Written, steps: number): void {
  if (steps > 1) write(context, `\n${barOf(1, steps)}`)
  if (steps > 0) write(context, `\n${barOf(steps, steps)}`)
}

const write = ({ errorOutput }: Written, bar: string): void =>
  errorOutput.write(errorOutput.isVerbose ? `${bar} ${ELAPSED}` : bar)

/** @param of how many steps there are; default: nobody knows. @param written how often it was written before */
function barOf(step: number, of?: number, written = 0): string {
  if (of === undefined) {
    const bar = `${'-'.repeat(Math.floor(STRIDE * written) % WIDTH)}>`.padEnd(WIDTH, '-')
    return ` ${String(step).padStart(DIGITS)} [${bar}]`
  }
  const done = Math.floor((step / of) * WIDTH)
  const bar = '='.repeat(done) + (done < WIDTH ? '>'.padEnd(WIDTH - done, '-') : '')
  const percent = String(Math.floor((step / of) * 100)).padStart(3)
  return ` ${String(step).padStart(String(of).length)}/${of} [${bar}] ${percent}%`
}
