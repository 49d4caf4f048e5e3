import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException } from '#console/errors.ts'
import { writeArray, writeMixed } from '#console/write-in-format.ts'
import { parseJson } from '#lib/json.ts'
import { configLexicon } from '#profiles/keys.ts'
import * as config from '#world/settings/config.ts'
import * as lexicon from '#world/settings/config-lexicon.ts'

const TYPES: readonly config.ConfigType[] = ['mixed', 'string', 'integer', 'float', 'boolean', 'array']

/** What values of a type must be, and where Nextcloud 34.0.1 says so. */
const CONVERSION: Readonly<Partial<Record<config.ConfigType, readonly [message: string, line: number]>>> = {
  integer: ['Value is not an integer', 256],
  float: ['Value is not a float', 264],
  boolean: ['Value cannot be converted to boolean', 276],
  array: ['Value is not an array', 292],
}

function wrongValue(type: config.ConfigType, value: string): CommandException {
  const [message, line] = type === 'array' && !isJson(value) ? ['Value is not a valid json', 289] : CONVERSION[type]!
  return new CommandException(String(message), { at: { file: 'ConfigManager.php', line: Number(line) } })
}

const isJson = (text: string) => parseJson(text) !== undefined

const unknownKey = () => new CommandException('unknown config key', { at: { file: 'AppConfig.php', line: 240 } })

const readType = ({ input }: CommandContext): config.ConfigType | null => {
  if (!input.isGiven('type')) return null
  const given = input.value('type') ?? ''
  const type = TYPES.find((known) => known === given.toLowerCase())
  if (type === undefined) {
    throw new CommandException(`Unknown type ${given}`, { at: { file: 'AppConfig.php', line: 1218 } })
  }
  return type
}

const set: CommandHandler = async (context) => {
  const { input, world, output } = context
  const [app, key] = [input.text('app'), input.text('name')]
  if (input.flag('update-only') && !config.findApp(world, app, key)) {
    output.writeln(`<comment>Config value ${key} for app ${app} not updated, as it has not been set before.</comment>`)
    return 1
  }
  const type = readType(context)
  const changed = input.isGiven('value')
    ? await setValue(context, app, key, type)
    : await setFlags(context, app, key, type)
  output.writeln(changed ? describe(context, app, key) : '<info>Config value were not updated</info>')
  return 0
}

function describe({ world }: CommandContext, app: string, key: string): string {
  const { value, type = 'mixed', lazy, sensitive } = config.findApp(world, app, key)!
  const shown = sensitive ? '<sensitive>' : value
  const cache = lazy ? 'lazy cache' : 'fast cache'
  return `<info>Config value '${key}' for app '${app}' is now set to '${shown}', stored as ${type} in ${cache}</info>`
}

async function setValue(
  context: CommandContext,
  app: string,
  key: string,
  wantedType: config.ConfigType | null,
): Promise<boolean> {
  const { world, profile, input } = context
  const known = config.findApp(world, app, key)
  const type = await chooseType(context, app, key, wantedType)
  const lazy = await chooseFlag(context, 'lazy', known && known.lazy === true)
  const sensitive = await chooseFlag(context, 'sensitive', known && known.sensitive === true)
  const given = input.value('value') ?? ''
  const value = lexicon.convert(type, given)
  if (value === null) throw wrongValue(type, given)
  const outcome = lexicon.put(world, await configLexicon.load(profile), app, key, { value, type, lazy, sensitive })
  if (outcome === 'contradicts') {
    throw new CommandException(
      `The app config key ${app}/${key} is typed incorrectly in relation to the config lexicon`,
      { at: { file: 'AppConfig.php', line: 1789 } },
    )
  }
  return outcome === 'stored'
}

/** A setting keeps its type unless another one is given and confirmed. */
async function chooseType(
  context: CommandContext,
  app: string,
  key: string,
  wanted: config.ConfigType | null,
): Promise<config.ConfigType> {
  const { world, profile } = context
  const known = config.findApp(world, app, key)
  const type =
    lexicon.typeOf(world, await configLexicon.load(profile), app, key) ?? (known ? 'mixed' : (wanted ?? 'mixed'))
  if (wanted === null || wanted === type || !(await confirm(context, wanted))) return type
  if (known) retype(context, app, key, wanted)
  return wanted
}

/** The value stays as it is, whether or not it is one of the new type. */
function retype({ world }: CommandContext, app: string, key: string, type: config.ConfigType): void {
  config.setApp(world, app, key, config.findApp(world, app, key)!.value, { type })
}

async function chooseFlag(
  context: CommandContext,
  option: 'lazy' | 'sensitive',
  known: boolean | undefined,
): Promise<boolean> {
  const given = context.input.option(option)
  const wanted = typeof given === 'boolean' ? given : null
  if (known === undefined) return wanted ?? false
  if (wanted === null || wanted === known) return known
  return (await confirm(context, `${wanted ? '' : 'NOT '}${option}`)) ? wanted : known
}

/** Without a value, only what was said about the setting changes; not said, it is neither lazy nor sensitive. */
async function setFlags(
  context: CommandContext,
  app: string,
  key: string,
  type: config.ConfigType | null,
): Promise<boolean> {
  const { world, input } = context
  const known = config.findApp(world, app, key)
  if (!known) throw unknownKey()
  let changed = false
  for (const option of ['lazy', 'sensitive'] as const) {
    const wanted = input.option(option) === true
    if (wanted === (known[option] === true)) continue
    if (!(await confirm(context, `${wanted ? '' : 'NOT '}${option}`))) continue
    config.setApp(world, app, key, known.value, { [option]: wanted })
    changed = true
  }
  if (type !== null && type !== (known.type ?? 'mixed') && (await confirm(context, type))) {
    retype(context, app, key, type)
    changed = true
  }
  return changed
}

/** Warn of what may break, and ask; without anybody to ask, go on. */
async function confirm({ input, output }: CommandContext, request: string): Promise<boolean> {
  if (input.flag('no-interaction')) return true
  const [app, key] = [input.text('app'), input.text('name')]
  output.writeln([
    `You are about to set config value <info>${app}</info>/<info>${key}</info> as <info>${request.toUpperCase()}</info>`,
    '',
    '<comment>This might break thing, affect performance on your instance or its security!</comment>',
  ])
  const answer = await input.ask("<comment>Confirm this action by typing 'yes'</comment>: ")
  const confirmed = (answer ?? '').toLowerCase() === 'yes'
  output.writeln([confirmed ? 'done' : 'cancelled', ''])
  return confirmed
}

const get: CommandHandler = async (context) => {
  const { input, world } = context
  const [app, key] = [input.text('app'), input.text('name')]
  const found = config.findApp(world, app, key)
  if (input.flag('details')) {
    if (!found) throw unknownKey()
    writeArray(context, details(found))
    return 0
  }
  if (input.flag('key-details')) {
    writeArray(context, { ...(found ? keyDetails(found) : { app, key }), ...(await declared(context, app, key)) })
    return 0
  }
  if (!found && !input.isGiven('default-value')) return 1
  writeMixed(context, found ? found.value : input.value('default-value'))
  return 0
}

const details = ({ app, key, value, type = 'mixed', lazy = false, sensitive = false }: config.AppConfigValue) => ({
  app,
  key,
  value,
  type,
  lazy,
  sensitive,
})

/** What a type is in the server's table (34.0.1, asked). */
const TYPE_NUMBERS = { mixed: 2, string: 4, integer: 8, float: 16, boolean: 32, array: 64 } as const

function keyDetails(found: config.AppConfigValue) {
  const { type, lazy, sensitive, ...others } = details(found)
  return { ...others, type: TYPE_NUMBERS[type], lazy, typeString: type, sensitive }
}

/** What its app declares about a setting. */
async function declared({ profile }: CommandContext, app: string, key: string) {
  const entry = (await configLexicon.load(profile))[app]?.entries[key]
  return entry ? { lazy: entry.lazy === true, default: entry.default } : {}
}

const remove: CommandHandler = async ({ input, world, profile, output }) => {
  const [app, key] = [input.text('app'), input.text('name')]
  if (input.flag('error-if-not-exists') && !config.findApp(world, app, key)) {
    output.writeln(`<error>Config ${key} of app ${app} could not be deleted because it did not exist</error>`)
    return 1
  }
  lexicon.remove(world, await configLexicon.load(profile), app, key)
  output.writeln(`<info>Config value ${key} of app ${app} deleted</info>`)
  return 0
}

export const appConfigCommands = defineReleaseCommands({
  'config:app:set': set,
  'config:app:get': get,
  'config:app:delete': remove,
})
