import type { CommandContext } from '#console/command.ts'
import { CommandException } from '#console/errors.ts'

/** What ends a command of circles has this code, and the console's largest one after it. */
export const failure = (file: string, line: number, message: string, kind: string) =>
  new CommandException(message, {
    code: 404,
    phpClass: `OCA\\Circles\\Exceptions\\${kind}`,
    at: { file: `${file}.php`, line },
  })

/** Kinds of members, by the names and numbers that `--type` takes (34.0.1, asked). */
const TYPES: Readonly<Record<string, string>> = {
  single: '0',
  user: '1',
  group: '2',
  mail: '4',
  contact: '8',
  circle: '16',
  app: '10000',
}

/** What `--type` has to be, where it is looked at first. @throws CommandException for a kind that there is not */
export function checkType({ input }: Pick<CommandContext, 'input'>): void {
  const type = (input.value('type') ?? '0').toLowerCase()
  if (Object.hasOwn(TYPES, type) || Object.values(TYPES).includes(type)) return
  const message = `Available types: ${Object.keys(TYPES).join(', ')}`
  throw failure('Member', 987, message, 'UserTypeNotFoundException')
}

/**
 * Somebody on the command line, who is nobody for circles there, whether or not there is such an account
 * (Nextcloud 34.0.1, asked).
 */
export const noInitiator = () => failure('CircleRequest', 412, 'singleId not found', 'SingleCircleNotFoundException')
