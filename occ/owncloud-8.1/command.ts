import type { Command, CommandHandler } from '#console/command.ts'
import type { CommandDefinition, OptionDefinition } from '#console/definition.ts'

/** One command of ownCloud 8.1: how it is written, and what it does. */
export const command = (definition: CommandDefinition, run: CommandHandler): Command => ({ definition, run })

/** The option of list and list-like commands. */
export const OUTPUT: OptionDefinition = {
  name: 'output',
  value: 'optional',
  description: 'Output format (plain, json or json_pretty, default is plain)',
  default: 'plain',
}
