import { CommandException } from '#console/errors.ts'

/** What ends a command of circles has this code, and the console's largest one after it. */
export const failure = (file: string, line: number, message: string, kind: string) =>
  new CommandException(message, {
    code: 404,
    phpClass: `OCA\\Circles\\Exceptions\\${kind}`,
    at: { file: `${file}.php`, line },
  })

/**
 * Somebody on the command line, who is nobody for circles there, whether or not there is such an account
 * (Nextcloud 34.0.1, asked).
 */
export const noInitiator = () => failure('CircleRequest', 412, 'singleId not found', 'SingleCircleNotFoundException')
