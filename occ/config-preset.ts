import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { renderTable } from '#console/table.ts'
import { writeArray } from '#console/write-in-format.ts'
import type { Json } from '#lib/json.ts'
import type { PhpValue } from '#lib/php.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import { findApp, getSystemInt, setSystem } from '#world/settings/config.ts'

/** A setting whose default depends on the preset. */
interface PresetSetting {
  readonly config: string
  readonly entry: { readonly key: string } & Readonly<Record<string, Json>>
  readonly defaults: Readonly<Record<string, string>>
}

interface Presets {
  /** Apps that a preset switches on and off, by its name; in the order in which presets are listed. */
  readonly apps: Readonly<Record<string, Readonly<Record<'enabled' | 'disabled', readonly string[]>>>>
  /** Settings by app. */
  readonly settings: Readonly<Record<string, readonly PresetSetting[]>>
}

const presets = defineProfileData<Presets>('config-presets', { apps: {}, settings: {} })

const KEY = 'config_preset'

/** The number that a preset is kept by: the last of the list is 0. */
const numberOf = (names: readonly string[], name: string) => names.length - 1 - names.indexOf(name)

const preset: CommandHandler = async (context) => {
  const { input, output, profile, world } = context
  const known = await presets.load(profile)
  const names = Object.keys(known.apps)
  if (input.flag('list')) writeArray(context, names)
  else if (input.flag('apps')) writeArray(context, known.apps)
  else if (input.flag('compare')) compare(context, names, known.settings)
  else {
    const given = input.text('preset')
    const chosen = names.find((name) => name.toLowerCase() === given.toLowerCase())
    if (given !== '' && chosen === undefined) {
      fail(context, `Invalid preset: ${given}`)
      output.writeln(`Available presets: ${names.join(', ')}`)
      return 2
    }
    if (chosen !== undefined) setSystem(world, KEY, numberOf(names, chosen))
    const current = getSystemInt(world, KEY, 0)
    writeArray(context, [names[names.length - 1 - current] ?? ''], 'current preset: ')
  }
  return 0
}

function compare(context: CommandContext, names: readonly string[], settings: Presets['settings']): void {
  const settingOf = (app: string, key: string) => findApp(context.world, app, key)?.value
  if (context.input.value('output') !== 'plain') {
    const withValues = Object.entries(settings).map(([app, list]): [string, PhpValue] => [
      app,
      list.map((setting) => {
        const value = settingOf(app, setting.entry.key)
        return { ...setting, ...(value === undefined ? {} : { value }) } as PhpValue
      }),
    ])
    writeArray(context, Object.fromEntries(withValues))
    return
  }
  const rows = Object.entries(settings).flatMap(([app, list]) =>
    list.map(({ config, entry, defaults }) => [
      ...[app, config, entry.key, `<comment>${settingOf(app, entry.key) ?? ''}</comment>`],
      ...names.map((name) => defaults[name] ?? ''),
    ]),
  )
  renderTable(context.output, ['app', 'config', 'config key', 'value', ...names], rows)
}

export const presetCommands = defineReleaseCommands({ 'config:preset': preset })
