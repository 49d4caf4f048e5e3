import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { uncaughtError } from '#console/uncaught-error.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import { getSystem, setApp, setSystem } from '#world/settings/config.ts'

/** Exit code of `upgrade`. */
const IN_MAINTENANCE = 2

const mode: CommandHandler = ({ input, world, output }) => {
  const isOn = getSystem(world, 'maintenance', false)
  const wanted = input.flag('on') ? true : input.flag('off') ? false : null
  if (wanted === null) output.writeln(`Maintenance mode is currently ${isOn ? 'enabled' : 'disabled'}`)
  else {
    const state = wanted ? 'enabled' : 'disabled'
    output.writeln(wanted === isOn ? `Maintenance mode already ${state}` : `Maintenance mode ${state}`)
    if (wanted !== isOn) setSystem(world, 'maintenance', wanted)
  }
  return 0
}

/** Three names of one command; abbreviated, they are a case that the real server forgot. */
const backgroundMode: CommandHandler = ({ input, world, output }) => {
  const name = input.text('command')
  if (!['background:cron', 'background:ajax', 'background:webcron'].includes(name)) {
    throw uncaughtError(world, {
      error: "UnhandledMatchError: Unhandled match case '...'",
      at: 'core/Command/Background/Mode.php:37',
      frames: [],
      command: 'OC\\Core\\Command\\Background\\Mode',
    })
  }
  const how = name.replace('background:', '')
  setApp(world, 'core', 'backgroundjobs_mode', how, { type: 'string' })
  output.writeln(`Set mode for background jobs to '${how}'`)
  return 0
}

/** There is nothing to upgrade. */
const upgrade: CommandHandler = ({ world, profile, output }) => {
  if (getSystem(world, 'maintenance', false)) {
    output.writeln('<comment>Nextcloud is in maintenance mode</comment>')
    output.writeln(
      '<comment>Maybe an upgrade is already in process. Please check the logfile (data/nextcloud.log). If you want to re-run the upgrade procedure, remove the "maintenance mode" from config.php and call this script again.</comment>',
    )
    return IN_MAINTENANCE
  }
  output.writeln([
    '<info>No upgrade required.</info>',
    '',
    "Note: This command triggers the upgrade actions associated with a new version. The new version's updated source files must be deployed in advance.",
    `See the upgrade documentation: https://docs.nextcloud.com/server/${profile.version[0]}/go.php?to=admin-update for more information.`,
  ])
  return 0
}

/** What the repair steps of a fresh installation say. */
const repairOutput = defineProfileData<{ readonly stdout: readonly string[]; readonly stderr: string }>('occ-repair')

/** All repair steps of a fresh installation find nothing to repair. */
const repair: CommandHandler = async ({ profile, output, errorOutput }) => {
  const { stdout, stderr } = await repairOutput.load(profile)
  output.write(stdout.join('\n'))
  errorOutput.write(stderr)
  return 0
}

export const maintenanceCommands = defineReleaseCommands({
  'maintenance:mode': mode,
  'maintenance:repair': repair,
  'background:cron': backgroundMode,
  upgrade,
})
