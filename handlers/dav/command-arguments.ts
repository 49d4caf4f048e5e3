import type { CommandContext } from '#console/command.ts'
import { CommandException } from '#console/errors.ts'
import * as users from '#world/accounts/users.ts'

/** An exception, with the place in the real server's commands that is shown above it. */
export const thrown = (file: string, line: number, message: string, phpClass = 'InvalidArgumentException') =>
  new CommandException(message, { phpClass, at: { file: `${file}.php`, line } })

/** The account of an argument, by its id in the case that it was made with. */
export function accountOf({ input, world }: CommandContext, argument: string): users.User | undefined {
  const given = input.text(argument)
  const user = users.find(world, given)
  return user?.id.toLowerCase() === given.toLowerCase() ? user : undefined
}
