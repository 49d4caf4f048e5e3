import type { Command, CommandHandler, Console } from '#console/console.ts'
import type { CommandDefinition, OptionDefinition } from '#console/definition.ts'
import { notBuilt } from '#console/not-built.ts'
import definitions from '#fixtures/profiles/nextcloud-34/occ.json' with { type: 'json' }
import { exAppConfigCommands } from '#handlers/app_api/occ/config.ts'
import { daemonCommands } from '#handlers/app_api/occ/daemons.ts'
import { exAppLifeCommands } from '#handlers/app_api/occ/ex-apps.ts'
import { exAppCommands } from '#handlers/app_api/occ/registered-commands.ts'
import { registryCommands } from '#handlers/app_api/occ/registries.ts'
import { fileCommands } from '#handlers/files/occ.ts'
import { notificationCommands } from '#handlers/notifications/occ.ts'
import { ldapCommands } from '#handlers/user_ldap/occ.ts'
import { APP as APP_API } from '#world/exapps/exapps.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { appCommands } from './apps.ts'
import { appConfigCommands } from './config-app.ts'
import { configListCommands } from './config-list.ts'
import { systemConfigCommands } from './config-system.ts'
import { encryptionCommands } from './encryption.ts'
import { groupCommands } from './groups.ts'
import { maintenanceCommands } from './maintenance.ts'
import { serverCommands } from './server.ts'
import { serverToolCommands } from './server-tools.ts'
import { userCommands } from './users.ts'

/** What each command does, by its name; the rest is known and not built. */
const HANDLERS: Readonly<Record<string, CommandHandler>> = {
  ...serverCommands,
  ...daemonCommands,
  ...registryCommands,
  ...exAppLifeCommands,
  ...exAppConfigCommands,
  ...appCommands,
  ...groupCommands,
  ...appConfigCommands,
  ...systemConfigCommands,
  ...configListCommands,
  ...encryptionCommands,
  ...fileCommands,
  ...ldapCommands,
  ...serverToolCommands,
  ...notificationCommands,
  ...maintenanceCommands,
  ...userCommands,
}

/** The console's own options, in the order in which they are described. */
const OPTIONS: readonly OptionDefinition[] = [
  {
    name: 'help',
    shortcut: 'h',
    description:
      'Display help for the given command. When no command is given display help for the <info>list</info> command',
  },
  { name: 'quiet', shortcut: 'q', description: 'Do not output any message' },
  {
    name: 'verbose',
    shortcut: 'v|vv|vvv',
    description: 'Increase the verbosity of messages: 1 for normal output, 2 for more verbose output and 3 for debug',
  },
  { name: 'version', shortcut: 'V', description: 'Display this application version' },
  { name: 'ansi', value: 'negatable', description: 'Force (or disable --no-ansi) ANSI output' },
  { name: 'no-interaction', shortcut: 'n', description: 'Do not ask any interactive question' },
  { name: 'no-warnings', description: 'Skip global warnings, show command output only' },
]

const COMMANDS: readonly Command[] = (definitions as readonly CommandDefinition[]).map((definition) => ({
  definition,
  run: HANDLERS[definition.name] ?? notBuilt(definition.name),
}))

/** Commands that say nothing about maintenance. */
const QUIET_IN_MAINTENANCE: readonly (string | null)[] = ['_completion', 'maintenance:mode', 'status']

const isInMaintenance = (world: World) => getSystem(world, 'maintenance', false)

/** Apps bring commands while they are enabled, and none under maintenance. */
const isThere = (world: World, app: string | undefined) =>
  app === undefined || (!isInMaintenance(world) && isEnabled(world, app))

export const nextcloud34Console: Console = {
  options: OPTIONS,
  // A command of an ExApp stands in for any other one of its name.
  commands: (world) => [
    ...COMMANDS.filter(({ definition: { app } }) => isThere(world, app)),
    ...(isThere(world, APP_API) ? exAppCommands(world) : []),
  ],
  warnings: (world, command) =>
    isInMaintenance(world) && !QUIET_IN_MAINTENANCE.includes(command)
      ? [
          '<comment>Nextcloud is in maintenance mode, no apps are loaded.</comment>',
          '<comment>Commands provided by apps are unavailable.</comment>',
        ]
      : [],
}
