import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { writeArray } from '#console/write-in-format.ts'
import { isJsonObject, type Json, membersOf, parseJson } from '#lib/json.ts'
import { isPhpArray, type PhpValue, toFloat, toInt } from '#lib/php.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const REMOVED = '***REMOVED SENSITIVE VALUE***'

/** Which part of a value is nobody's business: all of it, or some of its members. */
type Secret = true | { readonly [member: string]: Secret }

/** What is hidden unless one asks for it. */
interface Secrets {
  readonly system: { readonly [key: string]: Secret }
  /** Patterns of keys by app. */
  readonly apps: { readonly [app: string]: readonly string[] }
}

const sensitiveConfig = defineProfileData<Secrets>('sensitive-config')

const list: CommandHandler = async (context) => {
  const { input, world, profile } = context
  const app = input.text('app')
  const secrets = input.flag('private') ? null : await sensitiveConfig.load(profile)
  const system = () => systemValues(world, secrets)
  const apps = () =>
    Object.fromEntries([...config.appsWithKeys(world).keys()].sort().map((id) => [id, appValues(world, id, secrets)]))
  writeArray(
    context,
    app === 'system'
      ? { system: system() }
      : app === 'all'
        ? { system: system(), apps: apps() }
        : { apps: { [app]: appValues(world, app, secrets) } },
  )
  return 0
}

function systemValues(world: World, secrets: Secrets | null): Record<string, PhpValue> {
  const values = Object.entries(config.system(world))
  if (!secrets) return Object.fromEntries(values)
  const { system } = secrets
  return Object.fromEntries(
    values.map(([key, value]) => {
      const secret = Object.hasOwn(system, key) ? system[key]! : {}
      return [key, hide(secret, value)]
    }),
  )
}

function hide(secret: Secret, value: Json): Json {
  if (secret === true) return REMOVED
  if (!isJsonObject(value)) return value
  const members = Object.entries(value)
  return Object.fromEntries(
    members.map(([name, member]) => [name, Object.hasOwn(secret, name) ? hide(secret[name]!, member) : member]),
  )
}

/** Lazy settings come last: they are loaded after the others. */
function appValues(world: World, app: string, secrets: Secrets | null): Record<string, PhpValue> {
  const all = config.appKeys(world, app).map((key) => config.findApp(world, app, key)!)
  const sorted = [...all.filter(({ lazy }) => !lazy), ...all.filter(({ lazy }) => lazy)]
  return Object.fromEntries(
    sorted.map((setting) => [setting.key, secrets && isSecret(setting, secrets) ? REMOVED : typed(setting)]),
  )
}

const isSecret = ({ app, key, sensitive }: config.AppConfigValue, { apps }: Secrets) =>
  sensitive === true || (apps[app] ?? []).some((pattern) => new RegExp(pattern).test(key))

function typed({ value, type }: config.AppConfigValue): PhpValue {
  switch (type) {
    case 'integer':
      return toInt(value)
    case 'float':
      return toFloat(value)
    case 'boolean':
      return config.TRUE_WORDS.includes(value.toLowerCase())
    case 'array':
      return parseJson(value)
    default:
      return value
  }
}

/** What is imported comes from standard input, or from a file that was given with the run. */
const importConfig: CommandHandler = ({ input, hostFile, world, output }) => {
  const file = input.text('file')
  const problem = applyConfig(world, file === '' ? input.readAll() : (hostFile(file) ?? ''))
  output.writeln(
    problem === null ? `<info>Config successfully imported from: ${file}</info>` : `<error>${problem}</error>`,
  )
  return problem === null ? 0 : 1
}

/** What is wrong with a document, or `null` once it is applied. */
function applyConfig(world: World, text: string): string | null {
  const document = membersOf(parseJson(text))
  if (Object.keys(document).length === 0) return 'The file must contain a valid json array'
  const extra = Object.keys(document).filter((key) => key !== 'system' && key !== 'apps')
  if (extra.length > 0) return `Found invalid entries in root: ${extra.join(', ')}`
  const { system = {}, apps = {} } = document
  if (!isPhpArray(system)) return 'The system config array is not an array'
  if (!isPhpArray(apps)) return 'The apps config array is not an array'
  const settings = Object.entries(apps).flatMap(([app, values]) =>
    Object.entries(membersOf(values)).map(([key, value]) => ({ app, key, value })),
  )
  const wrong = settings.find(({ value }) => !Number.isInteger(value) && typeof value !== 'string' && value !== null)
  if (wrong) {
    return `Invalid app config value for "${wrong.app}":"${wrong.key}". Only integers, strings and null (delete) are allowed.`
  }
  for (const [key, value] of Object.entries(system)) {
    if (value === null) config.deleteSystem(world, key)
    else config.setSystem(world, key, value)
  }
  for (const { app, key, value } of settings) {
    if (value === null) config.deleteApp(world, app, key)
    else config.setApp(world, app, key, String(value))
  }
  return null
}

export const configListCommands = defineReleaseCommands({
  'config:list': list,
  'config:import': importConfig,
})
