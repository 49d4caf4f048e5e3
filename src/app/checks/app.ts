import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import { isRecord, show } from './members.ts'
import { PROBLEMS } from './parts.ts'

/** What each member of an app lists, and the function that makes one. */
export type Kinds = Readonly<Record<string, { readonly kind: string; readonly madeBy: string }>>

/**
 * Check what an app is defined by: its own members, and what they list.
 * @param info its members that are texts
 * @throws UserError that names the app, the member and what to write
 */
export function checkApp(id: unknown, definition: unknown, kinds: Kinds, info: readonly string[]): void {
  if (typeof id !== 'string' || !/^[a-z][a-z0-9_]*$/.test(id)) {
    throw new UserError(
      `Failed to define the app ${show(id)}: an app id has lower-case letters, digits and underscores.`,
    )
  }
  const problem = appProblem(id, definition, kinds, info)
  if (problem !== null) throw new UserError(`Failed to define the app "${id}": ${problem}`)
}

/** What an app says of itself is texts, but for whether it lies in the store. */
function infoProblem(member: string, value: unknown): string | null {
  if (member === 'inStore') return value === true ? null : `"inStore" is ${show(value)}. Write true, or leave it out.`
  return typeof value === 'string' ? null : `"${member}" is ${show(value)}. Write a text.`
}

function appProblem(id: string, definition: unknown, kinds: Kinds, info: readonly string[]): string | null {
  if (!isRecord(definition))
    return `it is defined by ${show(definition)}. Write defineApp('${id}', { endpoints: [ … ] }).`
  for (const [member, value] of Object.entries(definition)) {
    if (value === undefined) continue
    if (info.includes(member)) {
      const problem = infoProblem(member, value)
      if (problem !== null) return problem
      continue
    }
    if (!Object.hasOwn(kinds, member)) {
      return `there is no contribution "${member}". ${didYouMean(member, [...Object.keys(kinds), ...info])}`
    }
    const found = listProblem(id, member, value, kinds)
    if (found !== null) return found
  }
  return twiceProblem(definition)
}

function listProblem(app: string, member: string, value: unknown, kinds: Kinds): string | null {
  const { kind, madeBy } = kinds[member]!
  if (!Array.isArray(value)) return `"${member}" is ${show(value)}. Write a list of what ${madeBy}() returns.`
  for (const [i, one] of (value as readonly unknown[]).entries()) {
    const at = `${member}[${i}]`
    if (!isRecord(one))
      return `${at} is ${show(one)}. ${Array.isArray(one) ? `Spread it: [...list].` : `List what ${madeBy}() returns.`}`
    if (one.kind !== kind) return `${at} is ${otherKind(one.kind, madeBy, kinds)}`
    if (one.app !== undefined && one.app !== app) {
      return `${nameOf(at, one)} says that it belongs to ${show(one.app)}. Write app: '${app}'.`
    }
    const problem = PROBLEMS[kind]?.(one) ?? null
    if (problem !== null) return `${nameOf(at, one)} ${problem}`
  }
  return null
}

function otherKind(given: unknown, madeBy: string, kinds: Kinds): string {
  const [member, known] = Object.entries(kinds).find(([, { kind }]) => kind === given) ?? []
  if (!known) return `no definition. Make it by ${madeBy}({ … }).`
  return `what ${known.madeBy}() returns. List it in "${member}".`
}

/** `endpoints[2] (files-api-get)` */
function nameOf(at: string, { id, name }: Readonly<Record<string, unknown>>): string {
  const called = id ?? name
  return typeof called === 'string' && called !== '' ? `${at} (${called})` : at
}

/** Names that two contributions of an app share. */
function twiceProblem(definition: Readonly<Record<string, unknown>>): string | null {
  for (const [member, list] of Object.entries(definition)) {
    if (!Array.isArray(list)) continue
    const first = new Map<string, string>()
    for (const [i, one] of (list as readonly Readonly<Record<string, unknown>>[]).entries()) {
      const at = `${member}[${i}]`
      for (const name of namesOf(one)) {
        const other = first.get(name)
        if (other !== undefined) return `${at} has ${name}, as ${other} has. Change one of them.`
        first.set(name, at)
      }
    }
  }
  return null
}

/** What has to be of one contribution alone: its id or name, and what it answers. */
function namesOf({ kind, id, name, method, methods, path, products }: Readonly<Record<string, unknown>>): string[] {
  const called = id ?? name
  const all = Array.isArray(methods) ? methods : [method]
  const of = Array.isArray(products) && !products.includes('nextcloud') ? ` of ${products.join(', ')}` : ''
  return [
    ...(typeof called === 'string' && kind !== 'story' ? [`the name "${called}"`] : []),
    ...(typeof path === 'string' ? all.map((one) => `${one} ${path.replace(/\{\w+/g, '{')}${of}`) : []),
  ]
}
