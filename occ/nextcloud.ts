import type { Command, CommandHandler } from '#console/command.ts'
import type { Console } from '#console/console.ts'
import { defineReleaseCommands, type OccCommand } from '#console/define-command.ts'
import type { CommandDefinition, OptionDefinition } from '#console/definition.ts'
import { notBuilt } from '#console/not-built.ts'
import { UserError } from '#lib/errors.ts'
import type { ContributionSource, Gathered } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { accountDataCommands } from './account-data.ts'
import { appCommands } from './apps.ts'
import { authTokenCommands } from './auth-tokens.ts'
import { backgroundJobCommands } from './background-jobs.ts'
import { cacheCommands } from './caches.ts'
import { completeCommand, completionScript } from './complete.ts'
import { appConfigCommands } from './config-app.ts'
import { configListCommands } from './config-list.ts'
import { presetCommands } from './config-preset.ts'
import { systemConfigCommands } from './config-system.ts'
import { databaseCommands } from './database.ts'
import { encryptionCommands } from './encryption.ts'
import { encryptionKeyCommands } from './encryption-keys.ts'
import { fileInfoCommands } from './file-info.ts'
import { groupCommands } from './groups.ts'
import { logCommands } from './log.ts'
import { maintenanceCommands } from './maintenance.ts'
import { previewCommands } from './previews.ts'
import { routeCommands } from './routes.ts'
import { securityCommands } from './security.ts'
import { serverCommands } from './server.ts'
import { serverLogCommands } from './server-log.ts'
import { serverToolCommands } from './server-tools.ts'
import { twoFactorCommands } from './two-factor.ts'
import { userCommands } from './users.ts'

const completionCommands = defineReleaseCommands({ completion: completionScript })

/** Commands of no app. */
const CORE_COMMANDS: readonly OccCommand[] = [
  ...serverCommands,
  ...appCommands,
  ...groupCommands,
  ...appConfigCommands,
  ...systemConfigCommands,
  ...configListCommands,
  ...encryptionCommands,
  ...serverToolCommands,
  ...maintenanceCommands,
  ...userCommands,
  ...authTokenCommands,
  ...twoFactorCommands,
  ...securityCommands,
  ...logCommands,
  ...cacheCommands,
  ...fileInfoCommands,
  ...accountDataCommands,
  ...previewCommands,
  ...backgroundJobCommands,
  ...presetCommands,
  ...serverLogCommands,
  ...databaseCommands,
  ...encryptionKeyCommands,
  ...routeCommands,
  ...completionCommands,
]

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

/** Commands that say nothing about maintenance. */
const QUIET_IN_MAINTENANCE: readonly (string | null)[] = ['_completion', 'maintenance:mode', 'status']

const isInMaintenance = (world: World) => getSystem(world, 'maintenance', false)

/** Apps bring commands while they are enabled, and none under maintenance. */
const isThere = (world: World, app: string | undefined) =>
  app === undefined || (!isInMaintenance(world) && isEnabled(world, app))

/** How the commands of the release are described and parsed. */
const definitions = defineProfileData<readonly CommandDefinition[]>('occ')

/**
 * All commands of the release, and those of other apps behind them. What nobody does is known and not built.
 * @throws UserError where another app has a command of the release
 */
function commandsOf(release: readonly CommandDefinition[], contributed: readonly Gathered<'commands'>[]): Command[] {
  const all = [
    ...CORE_COMMANDS.map(({ name, run }) => ({ name, run, definition: undefined, app: 'core' })),
    ...contributed.map(({ app, contribution: { name, definition, run }, profile }) => {
      const reading: CommandHandler = (context) => run({ ...context, profile })
      return { app, name, definition, run: reading }
    }),
  ]
  const runs = new Map(all.map(({ name, run }) => [name, run]))
  const ofRelease = release.map((definition) => ({
    definition,
    run: runs.get(definition.name) ?? notBuilt(definition.name),
  }))
  const ofOthers = all.flatMap(({ app, definition, run }) =>
    definition ? [{ definition: { app, ...definition }, run }] : [],
  )
  checkNames(ofRelease, ofOthers)
  return [...ofRelease, ...ofOthers]
}

function checkNames(ofRelease: readonly Command[], ofOthers: readonly Command[]): void {
  const taken = new Map(ofRelease.map(({ definition: { name } }) => [name, 'Nextcloud']))
  for (const { definition } of ofOthers) {
    const { name, app } = definition
    const owner = taken.get(name)
    if (owner !== undefined) {
      throw new UserError(
        `Failed to add the app "${app}": its command "${name}" is one of ${owner} already. Choose another.`,
      )
    }
    taken.set(name, String(app))
  }
}

/** The console of Nextcloud, with the commands of all apps. */
export async function nextcloudConsole(profile: Profile, apps: ContributionSource): Promise<Console> {
  const [release, contributed, sources] = await Promise.all([
    definitions.load(profile),
    apps.gather('commands'),
    apps.gather('commandSources'),
  ])
  const built = commandsOf(release, contributed)
  // A command that an app brings by itself stands in for any other one of its name.
  const commandsIn = (world: World): Command[] => [
    ...built.filter(({ definition: { app } }) => isThere(world, app)),
    ...sources.flatMap(({ app, contribution }) => (isThere(world, app) ? contribution.commands(world) : [])),
  ]
  const complete: CommandHandler = (context) =>
    completeCommand({ options: OPTIONS, commands: () => commandsIn(context.world) })(context)
  return {
    options: OPTIONS,
    commands: (world) =>
      commandsIn(world).map((command) =>
        command.definition.name === '_complete' ? { ...command, run: complete } : command,
      ),
    warnings: (world, command) =>
      isInMaintenance(world) && !QUIET_IN_MAINTENANCE.includes(command)
        ? [
            '<comment>Nextcloud is in maintenance mode, no apps are loaded.</comment>',
            '<comment>Commands provided by apps are unavailable.</comment>',
          ]
        : [],
  }
}
