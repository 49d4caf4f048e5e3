import type { CommandContext, CommandHandler } from './command.ts'
import { Verbosity } from './output.ts'

/** What no command of a product answers itself; BSD's `sysexits.h` calls it an internal software error. */
const NOT_BUILT = 70

/** Stands for a command that the product has and we do not: loud, never an output that a test could take for real. */
export const notBuilt =
  (name: string): CommandHandler =>
  ({ errorOutput, profile }: CommandContext) => {
    const product = `${profile.productName} ${profile.versionString}`
    errorOutput.writeln(`ocs-mock does not implement "occ ${name}", which ${product} has.`, Verbosity.quiet)
    return NOT_BUILT
  }
