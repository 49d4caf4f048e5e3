import type { CommandHandler } from '#console/command.ts'
import { writeArray } from '#console/write-in-format.ts'
import * as apps from '#world/settings/apps.ts'
import { command, OUTPUT } from './command.ts'
import { codeChecks } from './data.ts'

const APP_ID = 'app-id'

const list: CommandHandler = (context) => {
  const { world, input, output } = context
  const versions = (ids: readonly string[]) =>
    Object.fromEntries(ids.filter((id) => apps.find(world, id)).map((id) => [id, apps.find(world, id)!.version]))
  const enabled = versions(apps.enabled(world))
  const disabled = versions(apps.disabled(world))
  if (input.value('output') !== 'plain') {
    writeArray(context, { enabled, disabled })
    return 0
  }
  output.writeln('Enabled:')
  writeArray(context, enabled)
  output.writeln('Disabled:')
  writeArray(context, disabled)
  return 0
}

const enable: CommandHandler = ({ world, input, output }) => {
  const app = input.text(APP_ID)
  if (!apps.find(world, app)) output.writeln(`${app} not found`)
  else if (apps.isEnabled(world, app)) output.writeln(`${app} is already enabled`)
  else {
    apps.enable(world, app)
    output.writeln(`${app} enabled`)
  }
  return 0
}

const disable: CommandHandler = ({ world, input, output }) => {
  const app = input.text(APP_ID)
  if (!apps.isEnabled(world, app)) output.writeln(`${app} is already disabled`)
  else if (apps.disable(world, app) === 'always-enabled') output.writeln(`${app} can't be disabled.`)
  else output.writeln(`${app} disabled`)
  return 0
}

const checkCode: CommandHandler = async ({ world, profile, input, output }) => {
  const app = input.text(APP_ID)
  if (!apps.find(world, app)) {
    output.writeln(`<error>App with given app id ${app} does not exist.</error>`)
    return 1
  }
  const analysed = (await codeChecks.load(profile))[app] ?? []
  for (const { path, errors } of analysed) {
    output.writeln(`<info>Analysing ${path}</info>`)
    output.writeln(` ${errors.length} errors`)
    for (const { line, message } of errors)
      output.writeln(`    <error>line ${String(line).padStart(4)}: ${message}</error>`)
  }
  const compliant = analysed.every(({ errors }) => errors.length === 0)
  output.writeln(compliant ? '<info>App is compliant - awesome job!</info>' : '<error>App is not compliant</error>')
  return compliant ? 0 : 1
}

const appArgument = (description: string) => [{ name: APP_ID, required: true, description }]

/** There even before ownCloud is installed. */
export const checkCodeCommand = command(
  {
    name: 'app:check-code',
    description: 'check code to be compliant',
    arguments: appArgument('check the specified app'),
  },
  checkCode,
)

export const appCommands = [
  command(
    { name: 'app:disable', description: 'disable an app', arguments: appArgument('disable the specified app') },
    disable,
  ),
  command(
    { name: 'app:enable', description: 'enable an app', arguments: appArgument('enable the specified app') },
    enable,
  ),
  command({ name: 'app:list', description: 'List all available apps', options: [OUTPUT] }, list),
]
