import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException } from '#console/errors.ts'

/** A fake keeps no addresses of logins, so that nothing is ever learnt from them. */
const NOT_ENOUGH = 'Insufficient data: Not enough data for the specified maximum age'

const train: CommandHandler = ({ input, output }) => {
  output.writeln(`Using ${input.flag('v6') ? 'ipv6' : 'ipv4'} strategy`)
  output.writeln(`<error>Not enough data, try again later (${NOT_ENOUGH})</error>`)
  return 1
}

const predict: CommandHandler = ({ output }) => {
  output.writeln('<error>Could not predict suspiciousness: No models found</error>')
  return 2
}

const optimize: CommandHandler = () => {
  const at = { file: 'DataLoader.php', line: 49 }
  throw new CommandException(NOT_ENOUGH, { phpClass: 'OCA\\SuspiciousLogin\\Exception\\InsufficientDataException', at })
}

export const commands = defineReleaseCommands({
  'suspiciouslogin:etl': () => 0,
  'suspiciouslogin:train': train,
  'suspiciouslogin:predict': predict,
  'suspiciouslogin:optimize': optimize,
})
