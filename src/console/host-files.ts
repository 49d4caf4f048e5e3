import type { CommandContext } from './command.ts'
import { Verbosity } from './output.ts'

/** What no command of a product answers itself, as for one that is not built. */
const NOT_DONE = 70

/** A command is to write a file of the machine it runs on; a fake has none: loud, never as if it was done. */
export function noHostFile({ errorOutput }: CommandContext, path: string): number {
  errorOutput.writeln(
    `ocs-mock has no disk: ${path} was not written; take it from standard output, as "-".`,
    Verbosity.quiet,
  )
  return NOT_DONE
}
