/**
 * The parts of a profile that a running server tells by itself. A part reads answers and gives the new
 * text of one fixture; what no answer shows is kept from the present one.
 */

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Members = { [key: string]: Json }

/** Where a part reads from. */
export interface Source {
  /** The data of an OCS answer (v2, JSON) to a GET request. Fails where the server refuses it. */
  ocs(path: string): Promise<Json>
  /** Standard output of an `occ` command; `null`: nobody said how to run `occ`. */
  occ: ((...args: string[]) => Promise<string>) | null
}

/** One fixture of a profile. */
export interface Part {
  /** Below `fixtures/profiles/<profile>/`. */
  readonly file: string
  /** Needs `occ`, not only HTTP. */
  readonly occ?: true
  read(source: Source, current: Json): Promise<Json>
}

export const PARTS: readonly Part[] = [
  { file: 'apps.json', read: async (source) => (await readApps(source)).map(({ app }) => app) },
  {
    file: 'app-info.json',
    read: async (source) =>
      Object.fromEntries((await readApps(source)).flatMap(({ app, info }) => (info ? [[String(app.id), info]] : []))),
  },
  { file: 'circles.json', read: readTeams },
  { file: 'declarative-forms.json', read: readForms },
  { file: 'direct-editing.json', read: ({ ocs }) => ocs('/apps/files/api/v1/directEditing') },
  { file: 'navigation.json', read: readNavigation },
  { file: 'predefined-statuses.json', read: readStatuses },
  { file: 'search-providers.json', read: readSearchProviders },
  { file: 'template-creators.json', read: readTemplateCreators },
  { file: 'occ.json', occ: true, read: readCommands },
]

/** The apps, and what each tells about itself. The list without a filter leaves out what cannot be disabled; the filtered one has it. */
async function readApps({ ocs }: Source): Promise<{ app: Members; info: Members | null }[]> {
  const list = async (query = '') => Object.values(members(members(await ocs(`/cloud/apps${query}`)).apps!)) as string[]
  const [changeable, enabled] = [await list(), await list('?filter=enabled')]
  const ids = [...changeable, ...enabled.filter((id) => !changeable.includes(id))]
  const apps: { app: Members; info: Members | null }[] = []
  for (const id of ids) {
    const alwaysEnabled = !changeable.includes(id)
    const info = await ocs(`/cloud/apps/${encodeURIComponent(id)}`).then(members, (error: unknown) => {
      // An app that is always enabled is listed even where its folder is missing, and has nothing to tell.
      if (alwaysEnabled) return null
      throw error
    })
    const { version = '', types = [] } = info ?? {}
    apps.push({ app: { id, version, types, enabled: info !== null && enabled.includes(id), alwaysEnabled }, info })
  }
  return apps
}

/** Capabilities tell the kinds and levels of teams; what pages about teams show is kept. */
async function readTeams({ ocs }: Source, current: Json): Promise<Json> {
  const { capabilities } = members(await ocs('/cloud/capabilities'))
  const { circle, member, teamResourceProviders } = members(members(capabilities!).circles!)
  return { ...members(current), circle: circle!, member: member!, teamResourceProviders: teamResourceProviders! }
}

/** An answer has the values of the asking account; where they are stored is kept. */
async function readForms({ ocs }: Source, current: Json): Promise<Json> {
  return rows(await ocs('/settings/api/declarative/forms')).map((form) => ({
    ...form,
    fields: rows(form.fields!).map(({ value: _, ...field }) => {
      const known = find(rows(find(rows(current), 'id', form.id)?.fields ?? []), 'id', field.id)
      return known?.stored === undefined ? field : { ...field, stored: known.stored }
    }),
  }))
}

/** The order is a number in an answer, and a text in what some apps declare. */
async function readNavigation({ ocs }: Source, current: Json): Promise<Json> {
  const known = rows(current)
  const entries = rows(await ocs('/core/navigation/apps')).map((entry): Members => {
    const before = find(known, 'id', entry.id)
    const isAsBefore = typeof entry.order === 'number' && String(before?.order) === String(entry.order)
    const order = isAsBefore ? before!.order! : entry.order!
    const { id, href, icon, type, name } = entry as Record<string, Json>
    // Releases before 32 do not say whose an entry is.
    const app = entry.app ?? before?.app ?? id
    return { app: app!, id: id!, order, href: href!, icon: icon!, type: type!, name: name! }
  })
  // Entries of the settings menu are mixed with the server's own; they stay as they are.
  const kept = known.filter(({ type }) => type !== 'link')
  return [...entries, ...kept].sort((a, b) => (String(a.app) < String(b.app) ? -1 : 1))
}

/** What a release does not tell of a provider is as in the newer one. */
async function readSearchProviders({ ocs }: Source, current: Json): Promise<Json> {
  return rows(await ocs('/search/providers')).map((provider) => ({
    ...find(rows(current), 'id', provider.id),
    ...provider,
  }))
}

/** Statuses that are not offered for choice are in no answer. */
async function readStatuses({ ocs }: Source, current: Json): Promise<Json> {
  const hidden = rows(current).filter(({ visible }) => visible === false)
  return [...rows(await ocs('/apps/user_status/api/v1/predefined_statuses')), ...hidden]
}

/** The templates of an account belong to it and not to the profile. */
async function readTemplateCreators({ ocs }: Source): Promise<Json> {
  return rows(await ocs('/apps/files/api/v1/templates')).map(({ templates: _, ...creator }) => creator)
}

/** Options that every command has; a command's own of the same name says something else. */
const COMMON = new Set(
  '--help --silent --quiet --verbose --version --ansi --no-ansi --no-interaction --no-warnings'.split(' '),
)

/** Commands of the console itself; their help is a pattern that an answer shows filled in. */
const BUILT_IN = new Set(['help', 'list', 'completion'])

/** What `occ list` describes; hidden commands, aliases and those of apps that are disabled stay as they are. */
async function readCommands({ occ }: Source, current: Json): Promise<Json> {
  const described = rows(members(JSON.parse(await occ!('list', '--format=json'))).commands!)
  const known = rows(current)
  const common = new Set(
    optionsOf(find(described, 'name', 'list')!)
      .filter(isCommon)
      .map(text),
  )
  const describe = (command: Members) => ({ ...find(known, 'name', command.name), ...commandOf(command, common) })
  const fresh = described.filter(({ name }) => !isKnown(known, String(name))).map(describe)
  const updated = known.map((command) => {
    const now = find(described, 'name', command.name)
    if (!now || command.hidden || BUILT_IN.has(String(command.name))) return command
    return samePrinted(command, describe(now)) ? command : describe(now)
  })
  return [...updated, ...fresh]
}

/** A description in an answer has spaces in place of line breaks. */
function samePrinted(one: Json, other: Json): boolean {
  return text(one).replaceAll('\\n', ' ') === text(other).replaceAll('\\n', ' ')
}

function isKnown(known: readonly Members[], name: string): boolean {
  return known.some((command) => command.name === name || (command.aliases as string[] | undefined)?.includes(name))
}

const optionsOf = (command: Members) => rows(members(command.definition!).options!)
const isCommon = ({ name }: Members) => COMMON.has(String(name))
const text = (value: Json) => JSON.stringify(value)

function commandOf(command: Members, common: ReadonlySet<string>): Members {
  const { name, description, help } = command
  const described: Members = { name: name!, description: description! }
  if (help !== description) described.help = help!
  const argumentList = rows(members(command.definition!).arguments!).map(argumentOf)
  const own = optionsOf(command).filter((option) => !common.has(text(option)))
  const optionList = own.filter((option) => negated(option, own) === undefined).map((option) => optionOf(option, own))
  if (argumentList.length > 0) described.arguments = argumentList
  if (optionList.length > 0) described.options = optionList
  return described
}

/** The option that this one only negates: `--lazy` of `--no-lazy`. */
function negated({ name, description }: Members, all: readonly Members[]): Members | undefined {
  return all.find(
    (other) => `--no-${String(other.name).slice(2)}` === name && String(description).startsWith('Negate '),
  )
}

function argumentOf(argument: Members): Members {
  return {
    name: argument.name!,
    ...(argument.is_required ? { required: true } : {}),
    ...(argument.is_array ? { array: true } : {}),
    description: argument.description!,
    ...defaultOf(argument),
  }
}

function optionOf(option: Members, all: readonly Members[]): Members {
  const isNegatable = all.some((other) => negated(other, [option]) !== undefined)
  const shortcut = String(option.shortcut).replaceAll('-', '')
  return {
    name: String(option.name).slice(2),
    ...(shortcut === '' ? {} : { shortcut }),
    ...(option.accept_value ? { value: option.is_value_required ? 'required' : 'optional' } : {}),
    ...(isNegatable ? { value: 'negatable' } : {}),
    ...(option.is_multiple ? { array: true } : {}),
    description: option.description!,
    ...defaultOf(option),
  }
}

/** Flags have no default; `false` is one of an option with a value. */
function defaultOf({ default: value, accept_value: takesValue }: Members): Members {
  const isNothing = value === null || (value === false && !takesValue) || (Array.isArray(value) && value.length === 0)
  return isNothing ? {} : { default: value! }
}

const members = (value: Json): Members => value as Members
const rows = (value: Json): Members[] => Object.values(value as Members) as Members[]
const find = (list: readonly Members[], key: string, value: Json | undefined) => list.find((row) => row[key] === value)
