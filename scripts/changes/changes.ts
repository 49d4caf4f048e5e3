import { isIn } from '#lib/releases.ts'
import type { Catalogue } from '#line/catalogue.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { allInRelease } from '#line/in-release.ts'
import type { ProfileChoice } from '#profiles/matrix.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import type { RuleChange } from './rules.ts'

/** One difference between two releases that were measured. */
export interface Change {
  /** The newer one and the older one, by their versions. */
  readonly newer: string
  readonly older: string
  readonly app: string
  /** The operation, as it is called; or `capabilities`, `apps`. */
  readonly where: string
  readonly what: string
}

/** What changed from each measured release to the next newer one, the newest first. */
export async function changesBetween(
  catalogue: Catalogue,
  choices: readonly ProfileChoice[],
  rules: readonly RuleChange[],
): Promise<Change[]> {
  const all = await Promise.all(choices.map(({ load }) => load()))
  const profiles = all.filter(({ knownBy }) => knownBy !== 'unverified')
  const { endpoints } = await catalogue.loadAll()
  const capabilities = await catalogue.gather('capabilities')
  return profiles.slice(0, -1).flatMap((newer, i) => {
    const older = profiles[i + 1]!
    const between = { newer: newer.versionString, older: older.versionString }
    const changes = [
      ...changesOfApps(newer, older),
      ...changesOfOperations(endpoints, newer, older),
      ...changesOfRules(rules, newer, older),
      ...capabilities.flatMap(({ app, contribution }) =>
        Object.entries(contribution.members ?? {}).flatMap(([path, releases]) => {
          const [is, was] = [isIn(releases, newer.release), isIn(releases, older.release)]
          if (is === was) return []
          return [{ app, where: 'capabilities', what: `\`${path}\` ${is ? 'is new' : 'is gone'}` }]
        }),
      ),
    ]
    return changes.map((change) => ({ ...between, ...change }))
  })
}

/** Rules are told by what is said of them, and by what they decided before and decide now. */
function changesOfRules(
  rules: readonly RuleChange[],
  { release: newest }: ProfileDefinition,
  { release: oldest }: ProfileDefinition,
): Found[] {
  const code = (value: string) => (value.includes('`') ? `\`\` ${value} \`\`` : `\`${value}\``)
  return rules
    .filter(({ release }) => release > oldest && release <= newest)
    .map(({ app, where, about, before, now }) => ({
      app,
      where: `rule in ${where}`,
      what: `${about === '' ? '' : `${about} `}Now ${code(now)}, before ${code(before)}`,
    }))
}

type Found = Omit<Change, 'newer' | 'older'>

function changesOfApps({ apps }: ProfileDefinition, { apps: before, hasPartOfApps }: ProfileDefinition): Found[] {
  const found: Found[] = []
  for (const { id, enabled } of apps) {
    const old = before.find((app) => app.id === id)
    if (!old && hasPartOfApps) continue
    if (!old) found.push({ app: id, where: 'apps', what: `is new${enabled ? ', and enabled' : ''}` })
    else if (old.enabled !== enabled)
      found.push({
        app: id,
        where: 'apps',
        what: enabled ? 'is enabled on a fresh installation' : 'is not enabled on a fresh installation',
      })
  }
  for (const { id } of before)
    if (!apps.some((app) => app.id === id)) found.push({ app: id, where: 'apps', what: 'is gone' })
  return found
}

function changesOfOperations(all: readonly Endpoint[], newer: ProfileDefinition, older: ProfileDefinition): Found[] {
  const there = ({ app }: Endpoint, { apps }: ProfileDefinition) => app === 'core' || apps.some(({ id }) => id === app)
  const of = (profile: ProfileDefinition) => allInRelease(all, profile).filter((endpoint) => there(endpoint, profile))
  const before = new Map(of(older).map((endpoint) => [endpoint.id, endpoint]))
  const now = new Map(of(newer).map((endpoint) => [endpoint.id, endpoint]))
  return [...new Map([...before, ...now]).values()].flatMap((endpoint): Found[] => {
    const { app, method, path, id } = endpoint
    const entry = (what: string): Found => ({ app, where: `${method} ${path}`, what })
    const [was, is] = [before.get(id), now.get(id)]
    if (!is) return [entry('is gone')]
    if (!was) return older.apps.some((one) => one.id === app) || app === 'core' ? [entry('is new')] : []
    return [
      ...changesOfCaller(was, is),
      ...changesOfInput(was, is),
      ...changesOfOutput(was, is),
      ...changesOfFailures(was, is),
      ...changesOfResponses(was, is),
    ].map(entry)
  })
}

function changesOfCaller(was: Endpoint, is: Endpoint): string[] {
  const changes: string[] = []
  if (was.access !== is.access) changes.push(`may be called by \`${is.access}\`, before by \`${was.access}\``)
  if (was.anonymous !== is.anonymous)
    changes.push(
      is.anonymous
        ? 'answers anonymous callers an empty page'
        : 'refuses anonymous callers, who got an empty page before',
    )
  return changes
}

function changesOfInput({ input: was = {} }: Endpoint, { input: is = {} }: Endpoint): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    const [before, now] = [was[name], is[name]]
    if (before === now || !before || !now) return []
    const { since } = before.options
    if (since && now.options.since) return [`the parameter \`${name}\` is new`]
    if (now.options.limits) return [`the parameter \`${name}\` has to be from 1 to 500`]
    return [`the parameter \`${name}\` is \`${describe(now.options)}\`, before \`${describe(before.options)}\``]
  })
}

const describe = ({ type, min, max }: { readonly type: string; readonly min?: number; readonly max?: number }) =>
  min === undefined ? type : `${type} from ${min} to ${max}`

/** Members by their paths, in any form that an answer can have. */
function membersOf(schema: unknown, at = ''): Set<string> {
  const found = new Set<string>()
  if (typeof schema !== 'object' || schema === null) return found
  const { properties, items, additionalProperties, anyOf } = schema as Record<string, unknown>
  for (const [name, member] of Object.entries((properties ?? {}) as object)) {
    found.add(`${at}${name}`)
    for (const one of membersOf(member, `${at}${name}/`)) found.add(one)
  }
  const parts = [items, additionalProperties, ...((anyOf as unknown[] | undefined) ?? [])]
  for (const part of parts) for (const one of membersOf(part, at)) found.add(one)
  return found
}

function changesOfOutput({ output: was }: Endpoint, { output: is }: Endpoint): string[] {
  if (was === is) return []
  const [before, now] = [membersOf(was.toJsonSchema()), membersOf(is.toJsonSchema())]
  const names = (list: readonly string[]) => list.map((name) => `\`${name}\``).join(', ')
  const fresh = [...now].filter((name) => !before.has(name))
  const gone = [...before].filter((name) => !now.has(name))
  return [
    ...(fresh.length > 0 ? [`answers with ${names(fresh)}`] : []),
    ...(gone.length > 0 ? [`answers without ${names(gone)}`] : []),
  ]
}

function changesOfResponses({ responses: was = {} }: Endpoint, { responses: is = {} }: Endpoint): string[] {
  if (was === is) return []
  const [before, now] = [Object.keys(was).join(', '), Object.keys(is).join(', ')]
  return before === now ? [] : [`may answer ${now || 'nothing else'}, before ${before || 'nothing else'}`]
}

function changesOfFailures({ failures: was = {} }: Endpoint, { failures: is = {} }: Endpoint): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)].map(Number))].flatMap((code) => {
    const [before, now] = [was[code], is[code]]
    if (before === undefined) return now === undefined ? [] : [`fails with ${code} too`]
    if (now === undefined) return [`fails with ${code} no more`]
    return String(before) === String(now) ? [] : [`says “${now}” with ${code}, before “${before}”`]
  })
}
