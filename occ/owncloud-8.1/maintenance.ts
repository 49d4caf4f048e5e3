import type { CommandHandler } from '#console/command.ts'
import type { OptionDefinition } from '#console/definition.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as config from '#world/settings/config.ts'
import { command } from './command.ts'
import { databases, repairSteps } from './data.ts'

/** Switch a mode on or off, or say how it stands. */
const switchMode =
  (key: string, name: string): CommandHandler =>
  ({ world, input, output }) => {
    const isOn = config.getSystem(world, key, false)
    if (input.flag('on')) {
      config.setSystem(world, key, true)
      output.writeln(`${name} enabled`)
    } else if (input.flag('off')) {
      config.setSystem(world, key, false)
      output.writeln(`${name} disabled`)
    } else output.writeln(`${name} is currently ${isOn ? 'enabled' : 'disabled'}`)
    return 0
  }

const repair: CommandHandler = async ({ profile, output }) => {
  for (const { step, said = [] } of await repairSteps.load(profile)) {
    output.writeln(` - ${step}`)
    for (const line of said) output.writeln(`     - ${line}`)
  }
  return 0
}

const install: CommandHandler = async ({ world, profile, input, output, errorOutput }) => {
  const database = input.value('database') ?? 'sqlite'
  const supported = await databases.load(profile)
  const complain = (message: string) => {
    errorOutput.writeln(`<error>${message}</error>`)
    return 1
  }
  if (!supported.includes(database)) return complain(`Database <${database}> is not supported.`)
  if (database !== 'sqlite') {
    if (!input.value('database-user')) return complain('Database user not provided.')
    if (!input.value('database-name')) return complain('Database name not provided.')
    if (!input.value('database-pass'))
      await input.ask('What is the password to access the database with user <...>?', true)
  }
  const admin = input.value('admin-user') ?? 'admin'
  const password =
    input.value('admin-pass') ||
    (await input.ask(`What is the password you like to use for the admin account <${admin}>?`, true))
  if (!password) return complain('Set an admin password.')
  config.setSystem(world, 'installed', true)
  config.setSystem(world, 'dbtype', database)
  config.setSystem(world, 'datadirectory', input.value('data-dir'))
  users.add(world, { id: admin, password })
  groups.add(world, 'admin')
  groups.addMember(world, 'admin', admin)
  output.writeln('ownCloud was successfully installed')
  return 0
}

const option = (name: string, description: string, more: Partial<OptionDefinition> = {}): OptionDefinition => ({
  name,
  value: 'required',
  description,
  ...more,
})

export const installCommand = command(
  {
    name: 'maintenance:install',
    description: 'install ownCloud',
    options: [
      option('database', 'Supported database type', { default: 'sqlite' }),
      option('database-name', 'Name of the database'),
      option('database-host', 'Hostname of the database', { default: 'localhost' }),
      option('database-user', 'User name to connect to the database'),
      option('database-pass', 'Password of the database user', { value: 'optional' }),
      option('database-table-prefix', 'Prefix for all tables (default: oc_)', { value: 'optional' }),
      option('admin-user', 'User name of the admin account', { default: 'admin' }),
      option('admin-pass', 'Password of the admin account'),
      option('data-dir', 'Path to data directory', { default: '/var/www/owncloud/data' }),
    ],
  },
  install,
)

const onOff = (mode: string): OptionDefinition[] => [
  { name: 'on', description: `enable ${mode} mode` },
  { name: 'off', description: `disable ${mode} mode` },
]

export const maintenanceCommands = [
  command(
    { name: 'maintenance:mode', description: 'set maintenance mode', options: onOff('maintenance') },
    switchMode('maintenance', 'Maintenance mode'),
  ),
  command({ name: 'maintenance:repair', description: 'repair this installation' }, repair),
  command(
    { name: 'maintenance:singleuser', description: 'set single user mode', options: onOff('single user') },
    switchMode('singleuser', 'Single user mode'),
  ),
]
