import type { Command } from '#console/command.ts'
import type { Console } from '#console/console.ts'
import type { OptionDefinition } from '#console/definition.ts'
import { describeSymfony2 } from '#console/describe-symfony-2.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { appCommands, checkCodeCommand } from './apps.ts'
import { command } from './command.ts'
import { fileCommands } from './files.ts'
import { ldapCommands } from './ldap.ts'
import { installCommand, maintenanceCommands } from './maintenance.ts'
import { isInstalled, needsUpgrade, serverCommands, upgradeCommand } from './server.ts'
import { createJsCommand, systemCommands } from './system.ts'
import { userCommands } from './users.ts'

const OPTIONS: readonly OptionDefinition[] = [
  { name: 'help', shortcut: 'h', description: 'Display this help message' },
  { name: 'quiet', shortcut: 'q', description: 'Do not output any message' },
  {
    name: 'verbose',
    shortcut: 'v|vv|vvv',
    description: 'Increase the verbosity of messages: 1 for normal output, 2 for more verbose output and 3 for debug',
  },
  { name: 'version', shortcut: 'V', description: 'Display this application version' },
  { name: 'ansi', description: 'Force ANSI output' },
  { name: 'no-ansi', description: 'Disable ANSI output' },
  { name: 'no-interaction', shortcut: 'n', description: 'Do not ask any interactive question' },
]

/** The console answers `help` and `list` itself. */
const answeredByConsole = () => 0

const BUILT_IN: readonly Command[] = [
  command(
    {
      name: 'help',
      description: 'Displays help for a command',
      arguments: [{ name: 'command_name', description: 'The command name', default: 'help' }],
      options: [
        { name: 'format', value: 'required', description: 'To output help in other formats', default: 'txt' },
        { name: 'raw', description: 'To output raw command help' },
      ],
    },
    answeredByConsole,
  ),
  command(
    {
      name: 'list',
      description: 'Lists commands',
      arguments: [{ name: 'namespace', description: 'The namespace name' }],
      options: [
        { name: 'raw', description: 'To output raw command list' },
        { name: 'format', value: 'required', description: 'To output list in other formats', default: 'txt' },
        { name: 'short', description: 'To skip the arguments of commands' },
      ],
    },
    answeredByConsole,
  ),
]

const ALWAYS = [...BUILT_IN, ...serverCommands, checkCodeCommand, createJsCommand]
const INSTALLED = [
  ...ALWAYS,
  ...appCommands,
  ...systemCommands,
  ...fileCommands,
  ...maintenanceCommands,
  upgradeCommand,
  ...userCommands,
]

/** ownCloud 8.1's console, as its manual prints it. Limited while it is not installed or waits for an upgrade. */
export const owncloud81Console: Console = {
  options: OPTIONS,
  commands: (world) => {
    if (!isInstalled(world)) return [...ALWAYS, installCommand]
    if (needsUpgrade(world)) return [...ALWAYS, ...maintenanceCommands, upgradeCommand]
    return isEnabled(world, 'user_ldap') ? [...INSTALLED, ...ldapCommands] : INSTALLED
  },
  warnings: () => [],
  notices: (world) => {
    if (!isInstalled(world)) return ['ownCloud is not installed - only a limited number of commands are available']
    return needsUpgrade(world)
      ? ['ownCloud or one of the apps require upgrade - only a limited number of commands are available']
      : []
  },
  describe: (_, described, output) => describeSymfony2(described, output),
  versionLine: ({ productName, versionString }) => `${productName} version ${versionString}`,
}
