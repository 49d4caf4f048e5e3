import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { phpJsonPretty } from '#console/php-json.ts'
import * as exAppConfig from '#world/exapps/config.ts'
import * as exApps from '#world/exapps/exapps.ts'

const HIDDEN = '***REMOVED SENSITIVE VALUE***'

/** Commands about the settings of an ExApp that there is. */
const withExApp =
  (run: (context: CommandContext, exApp: exApps.ExApp) => number, dot = '.'): CommandHandler =>
  (context) => {
    const id = context.input.text('appid')
    const exApp = exApps.find(context.world, id)
    if (exApp) return run(context, exApp)
    context.output.writeln(`ExApp ${id} not found${dot}`)
    return 1
  }

const get = withExApp(({ world, input, output }, { id }) => {
  const key = input.text('configkey')
  if (key === '') {
    output.writeln('Config key is required.')
    return 1
  }
  const found = exAppConfig.stored(world, id, key) ?? input.value('default-value')
  output.writeln(found ?? `ExApp ${id} config ${key} not found`)
  return found === null ? 1 : 0
})

/** New values and old ones are kept in two ways: the flag must say which is meant. */
const set = withExApp(({ world, input, output }, { id }) => {
  const key = input.text('configkey')
  const value = input.value('value') ?? ''
  const mustExist = input.flag('update-only')
  const known = exAppConfig.stored(world, id, key) !== null
  if (mustExist !== known) {
    output.writeln(
      known
        ? `ExApp ${id} config ${key} already exists. Use --update-only flag.`
        : `ExApp ${id} config ${key} not found`,
    )
    return 1
  }
  const wanted = input.value('sensitive')
  const sensitive = wanted === null ? (known ? null : 0) : Number(/^(?:1|true|on|yes)$/i.test(wanted))
  const { data } = exAppConfig.keep(world, 'config', id, [], { configKey: key, configValue: value, sensitive })
  output.writeln(`ExApp ${id} config ${key} set to ${value} ${data.sensitive === 1 ? '[sensitive]' : ''}`)
  return 0
}, '')

/** A disabled ExApp's settings are left alone, without a word. */
const remove = withExApp(({ world, input, output }, { id, enabled }) => {
  if (!enabled) return 1
  const key = input.text('configkey')
  const isGone = exAppConfig.remove(world, id, key)
  output.writeln(`ExApp ${id} config ${key} ${isGone ? 'deleted' : 'not found'}.`)
  return isGone ? 0 : 1
})

/** Values show with `--private` alone, and secrets never. */
const list = withExApp(({ world, input, output }, { id }) => {
  const all = exAppConfig.all(world, id)
  const shown = all.map(({ key, value, sensitive }) => [key, input.flag('private') && !sensitive ? value : HIDDEN])
  output.writeln(`ExApp ${id} configs:`)
  output.writeln(phpJsonPretty(all.length > 0 ? { [id]: Object.fromEntries(shown) } : []))
  return 0
})

export const exAppConfigCommands = defineReleaseCommands({
  'app_api:app:config:get': get,
  'app_api:app:config:set': set,
  'app_api:app:config:delete': remove,
  'app_api:app:config:list': list,
})
