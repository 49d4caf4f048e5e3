import type { CommandHandler } from '#console/command.ts'
import { writeArray } from '#console/write-in-format.ts'
import { getSystem, setSystem } from '#world/settings/config.ts'
import { command, OUTPUT } from './command.ts'
import { releaseName } from './data.ts'

/** What a release brings for one app, in the order of the upgrade. */
interface AppUpdate {
  readonly app: string
  readonly version: string
  /** The exception that its update ends in. */
  readonly failure?: string
}

/** The manual prints no edition in plain text and "Enterprise" in JSON. */
const status: CommandHandler = async (context) => {
  const { input, profile } = context
  const isPlain = input.value('output') === 'plain'
  writeArray(context, {
    installed: isInstalled(context.world),
    version: profile.version.join('.'),
    versionstring: await releaseName.load(profile),
    edition: isPlain ? '' : profile.edition,
  })
  return 0
}

export const isInstalled = (world: Parameters<typeof getSystem>[0]) => getSystem(world, 'installed', true)
export const needsUpgrade = (world: Parameters<typeof getSystem>[0]) => getSystem(world, 'needsDbUpgrade', false)

const SIMULATED = ['Checked database schema update', 'Checked database schema update for apps']

/** The steps of an upgrade; which apps it updates and whether one fails stands in the setting `appUpdates`. */
const upgrade: CommandHandler = ({ input, output, world }) => {
  if (!needsUpgrade(world)) {
    output.writeln('<info>ownCloud is already latest version</info>')
    return 0
  }
  const dryRun = input.flag('dry-run')
  output.writeln('<info>Turned on maintenance mode</info>')
  if (!input.flag('skip-migration-test')) for (const line of SIMULATED) output.writeln(`<info>${line}</info>`)
  const failed = dryRun
    ? null
    : updateApps(getSystem<AppUpdate[]>(world, 'appUpdates', []), output.writeln.bind(output))
  if (failed === null && !dryRun) {
    setSystem(world, 'needsDbUpgrade', false)
    output.writeln('<info>Update successful</info>')
  } else if (failed !== null) output.writeln(['Exception', failed, '<error>Update failed</error>'])
  output.writeln('<info>Turned off maintenance mode</info>')
  return failed === null ? 0 : UPGRADE_FAILED
}

const UPGRADE_FAILED = 5

/** The exception of the first app whose update fails, or `null`. */
function updateApps(updates: readonly AppUpdate[], writeln: (line: string) => void): string | null {
  writeln('<info>Updated database</info>')
  for (const { app, version, failure } of updates) {
    writeln(`<info>Updating \\<${app}> ...</info>`)
    if (failure) return failure
    writeln(`<info>Updated \\<${app}> to ${version}</info>`)
  }
  return null
}

/** A fake has no dependencies that could be missing. */
const check: CommandHandler = () => 0

export const serverCommands = [
  command({ name: 'check', description: 'check dependencies of the server environment', options: [OUTPUT] }, check),
  command({ name: 'status', description: 'show some status information', options: [OUTPUT] }, status),
]

export const upgradeCommand = command(
  {
    name: 'upgrade',
    description: 'run upgrade routines after installation of a new release. The release has to be installed before.',
    options: [
      {
        name: 'skip-migration-test',
        description: 'skips the database schema migration simulation and update directly',
      },
      { name: 'dry-run', description: 'only runs the database schema migration simulation, do not actually update' },
      { name: 'no-app-disable', description: 'skips the disable of third party apps' },
    ],
  },
  upgrade,
)
