/** Everything that the verifier makes on a server starts with this. */
export const PREFIX = 'ocsmock-'

const RUN_LENGTH = 8
const OWN = new RegExp(`^${PREFIX}[0-9a-z]{${RUN_LENGTH}}-[0-9a-z]+$`)

/** Whether the verifier gave this name, in this run or in one that could not end. */
export const isOwnName = (name: string): boolean => OWN.test(name)

/** The name of something that a run makes: `ocsmock-4k2x9q7a-alice`. */
export const ownName = <Run extends string>(run: Run, name: string) => `${PREFIX}${run}-${name}` as const

/** What tells the names of one run from those of another. */
export function newRun(random: () => number = Math.random): string {
  return Array.from({ length: RUN_LENGTH }, () => Math.floor(random() * 36).toString(36)).join('')
}

/** The names of the next run: what was made under the last ones may still be there. */
export const nextRun = (run: string): string =>
  ((Number.parseInt(run, 36) + 1) % 36 ** RUN_LENGTH).toString(36).padStart(RUN_LENGTH, '0')

const IN_TEXT = new RegExp(`${PREFIX}[0-9a-z]{${RUN_LENGTH}}-`, 'g')

/** A text without what changes from run to run: names of the run, and its passwords. */
export function withoutRun(text: string, passwords: readonly string[]): string {
  let out = text.replace(IN_TEXT, PREFIX)
  for (const password of passwords) out = out.replaceAll(password, '$PASSWORD')
  return out
}
