import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { writeArray } from '#console/write-in-format.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getApp, getSystem, setApp } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** The module that the app `encryption` brings. */
const MODULE = 'OC_DEFAULT_MODULE'
const MODULE_NAME = 'Default encryption module'

const hasModule = (world: World) => isEnabled(world, 'encryption')
const isOn = (world: World) => getApp(world, 'core', 'encryption_enabled', 'no') === 'yes'
/** The only module is the default one as soon as it is there. */
const defaultModule = (world: World) =>
  getApp(world, 'core', 'default_encryption_module', hasModule(world) ? MODULE : '')

const status: CommandHandler = (context) => {
  const { world } = context
  writeArray(context, { enabled: isOn(world), defaultModule: defaultModule(world) })
  return 0
}

const enable: CommandHandler = ({ world, output }) => {
  if (isOn(world)) output.writeln('Encryption is already enabled')
  else {
    setApp(world, 'core', 'encryption_enabled', 'yes')
    output.writeln('<info>Encryption enabled</info>')
  }
  const module = defaultModule(world)
  const problem = !hasModule(world)
    ? 'No encryption module is loaded'
    : module === ''
      ? 'No default module is set'
      : module !== MODULE
        ? `The current default module does not exist: ${module}`
        : null
  output.writeln(['', problem === null ? `Default module: ${module}` : `<error>${problem}</error>`])
  return problem === null ? 0 : 1
}

const disable: CommandHandler = ({ world, output }) => {
  if (!isOn(world)) output.writeln('Encryption is already disabled')
  else {
    setApp(world, 'core', 'encryption_enabled', 'no')
    output.writeln('<info>Encryption disabled</info>')
  }
  return 0
}

const listModules: CommandHandler = (context) => {
  const { world, input, output } = context
  if (getSystem(world, 'maintenance', false)) {
    output.writeln('Maintenance mode must be disabled when listing modules')
    output.writeln('in order to list the relevant encryption modules correctly.')
    return 1
  }
  const isDefault = defaultModule(world) === MODULE
  const plain = `${MODULE_NAME}${isDefault ? ' [default*]' : ''}`
  const module = input.value('output') === 'plain' ? plain : { displayName: MODULE_NAME, default: isDefault }
  writeArray(context, hasModule(world) ? { [MODULE]: module } : {})
  return 0
}

const setDefaultModule: CommandHandler = ({ world, input, output }) => {
  if (getSystem(world, 'maintenance', false)) {
    output.writeln('Maintenance mode must be disabled when setting default module,')
    output.writeln('in order to load the relevant encryption modules correctly.')
    return 1
  }
  const wanted = input.text('module')
  if (wanted === defaultModule(world)) output.writeln(`"${wanted}"" is already the default module`)
  else if (hasModule(world) && wanted === MODULE) {
    setApp(world, 'core', 'default_encryption_module', wanted)
    output.writeln(`<info>Set default module to "${wanted}"</info>`)
  } else {
    output.writeln(`<error>The specified module "${wanted}" does not exist</error>`)
    return 1
  }
  return 0
}

export const encryptionCommands = defineReleaseCommands({
  'encryption:status': status,
  'encryption:enable': enable,
  'encryption:disable': disable,
  'encryption:list-modules': listModules,
  'encryption:set-default-module': setDefaultModule,
})
