import type { CommandContext } from './command.ts'

/** A progress bar of unknown length, as it is written where nobody watches and all is done at once. */
export const beginProgress = ({ errorOutput }: Pick<CommandContext, 'errorOutput'>): void =>
  errorOutput.write('    0 [>---------------------------]')
