import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import * as theming from './state.ts'

const APP = 'theming'
const TEXTS = [
  ...['name', 'url', 'imprintUrl', 'privacyUrl', 'slogan'],
  ...['color', 'primary_color', 'background_color', 'disable-user-theming'],
]

const reset = ({ world, profile }: CommandContext, key: string): string => theming.undo(world, key, profile.productName)

const settingOf = (world: World, key: string) => config.getApp(world, APP, key)

const configure: CommandHandler = (context) => {
  const { input, output } = context
  const [key, value] = [input.text('key'), input.argument('value')]
  if (input.argument('key') === null) return list(context)
  if (!TEXTS.includes(key) && !theming.IMAGES.includes(key)) return fail(context, 'Invalid config key provided')
  if (input.flag('reset')) {
    output.writeln(`<info>Reset ${key} to ${reset(context, key)}</info>`)
    return 0
  }
  return value === null ? show(context, key) : set(context, key, String(value))
}

function list({ output, world }: CommandContext): number {
  output.writeln('Current theming config:')
  for (const key of TEXTS) output.writeln(`- ${key}: ${settingOf(world, key)}`)
  for (const key of theming.IMAGES) output.writeln(`- ${key}: ${settingOf(world, `${key}Mime`)}`)
  return 0
}

function show({ output, world }: CommandContext, key: string): number {
  const value = settingOf(world, key)
  output.writeln(`<info>${key} is currently ${value === '' ? 'not set' : `set to ${value}`}</info>`)
  return 0
}

function set(context: CommandContext, given: string, value: string): number {
  const { output, world } = context
  let key = given
  if (theming.IMAGES.includes(key)) {
    if (key !== 'background' || value !== 'backgroundColor') return setImage(context, value)
    reset(context, key)
    key = 'backgroundMime'
  }
  if (key === 'color') {
    output.writeln('<comment>Using "color" is deprecated, use "primary_color" instead</comment>')
    key = 'primary_color'
  }
  if (key === 'primary_color' && !theming.isThemeColor(value))
    return fail(context, `The given color is invalid: ${value}`)
  const isOn = config.TRUE_WORDS.includes(value.toLowerCase())
  if (key === 'disable-user-theming') config.setApp(world, APP, key, isOn ? '1' : '0', { type: 'boolean' })
  else config.setApp(world, APP, key, value)
  theming.countChange(world)
  output.writeln(`<info>Updated ${key} to ${value}</info>`)
  return 0
}

function setImage(context: CommandContext, path: string): number {
  if (!path.startsWith('/')) return fail(context, `The image file needs to be provided as an absolute path: ${path}.`)
  return fail(context, `File could not be found: ${path}.`)
}

export const themingCommands = defineReleaseCommands({ 'theming:config': configure })
