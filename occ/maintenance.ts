import type { CommandHandler } from '../src/occ/console.ts'
import { getSystem, setApp, setSystem } from '../src/world/config.ts'

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

/** Three names of one command; abbreviated, the real server fails over them with an error that nothing catches. */
const backgroundMode: CommandHandler = ({ input, world, output }) => {
  const how = input.text('command').replace('background:', '')
  setApp(world, 'core', 'backgroundjobs_mode', how, { type: 'string' })
  output.writeln(`Set mode for background jobs to '${how}'`)
  return 0
}

/** What `upgrade` answers where there is nothing to upgrade; 3, which the console reports, stands for it. */
const upgrade: CommandHandler = ({ world, profile, output }) => {
  if (getSystem(world, 'maintenance', false)) {
    output.writeln('<comment>Nextcloud is in maintenance mode</comment>')
    output.writeln(
      '<comment>Maybe an upgrade is already in process. Please check the logfile (data/nextcloud.log). If you want to re-run the upgrade procedure, remove the "maintenance mode" from config.php and call this script again.</comment>',
    )
    return 1
  }
  output.writeln([
    '<info>No upgrade required.</info>',
    '',
    "Note: This command triggers the upgrade actions associated with a new version. The new version's updated source files must be deployed in advance.",
    `See the upgrade documentation: https://docs.nextcloud.com/server/${profile.version[0]}/go.php?to=admin-update for more information.`,
  ])
  return 0
}

export const maintenanceCommands: Readonly<Record<string, CommandHandler>> = {
  'maintenance:mode': mode,
  'background:cron': backgroundMode,
  upgrade,
}
