import type { CommandContext } from './command.ts'

/** Say on standard output, as an error, why a command does not do what was asked. @returns the exit code */
export function fail({ output }: Pick<CommandContext, 'output'>, message: string, code = 1): number {
  output.writeln(`<error>${message}</error>`)
  return code
}
