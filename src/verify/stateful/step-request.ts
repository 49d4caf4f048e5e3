import { OWN_ACCOUNTS, type OwnAccount, type Step, type StepActor, type Story } from '#app/story.ts'
import { isPage, type ProbeRequest, type Role, type Variant } from '../exchange.ts'
import { ownName } from './own-names.ts'

/** What names in braces stand for. */
export type Values = ReadonlyMap<string, string>

const DAY = 86_400_000

/** The values that every step can use. */
export function valuesOf(run: string, passwords: readonly [string, string], now: number): Map<string, string> {
  const values = new Map<string, string>([
    ['own', ownName(run, '')],
    ['staff', ownName(run, 'staff')],
    ['password', passwords[0]],
    ['newPassword', passwords[1]],
    ['tomorrow', String(Math.floor((now + DAY) / 1000))],
    ['inTenDays', new Date(now + 10 * DAY).toISOString().slice(0, 10)],
  ])
  for (const account of OWN_ACCOUNTS) values.set(account, ownName(run, account))
  return values
}

export const roleOf = (who: StepActor, run: string): Role => (isOwnAccount(who) ? ownName(run, who) : who)

const isOwnAccount = (who: StepActor): who is OwnAccount => (OWN_ACCOUNTS as readonly string[]).includes(who)

/** None of OCS and no page of an app: WebDAV. */
export const isRaw = ({ path }: Step): boolean => /^\/(remote|index|public)\.php/.test(path) && !isPage(path)

/** A step as a request in one of its variants. */
export function requestOf(step: Step, variant: Variant, run: string, values: Values): ProbeRequest {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(step.query ?? {})) query.append(name, fillIn(value, values))
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(step.headers ?? {})) headers[name] = fillIn(value, values)
  const body = bodyOf(step, values)
  if (body !== undefined) headers['content-type'] ??= typeOf(step)
  return {
    ...variant,
    as: roleOf(step.as, run),
    method: step.method,
    path: fillIn(step.path, values),
    query: query.toString(),
    ...(isRaw(step) ? { raw: true } : {}),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  }
}

const typeOf = ({ form, body }: Step) =>
  form ? 'application/x-www-form-urlencoded' : body?.startsWith('<?xml') ? 'application/xml' : 'text/plain'

function bodyOf({ form, body }: Step, values: Values): string | undefined {
  if (body !== undefined) return fillIn(body, values)
  if (!form || Object.keys(form).length === 0) return undefined
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) {
    if (typeof value === 'string') pairs.append(name, fillIn(value, values))
    else for (const item of value) pairs.append(`${name}[]`, fillIn(item, values))
  }
  return pairs.toString()
}

/** @throws Error for a name that nothing was captured for: the story is wrong */
function fillIn(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`Nothing is known as ${whole} in "${text}".`)
    return value
  })
}

/** Steps that are left out, and those that need what these would have given. */
export function stepsToLeave({ steps }: Story, without: ReadonlySet<number>): ReadonlySet<number> {
  const left = new Set(without)
  const missing = new Set<string>()
  for (const [at, step] of steps.entries()) {
    if (!left.has(at) && namesIn(step).some((name) => missing.has(name))) left.add(at)
    const given = Object.keys(step.capture ?? {})
    // What another step gives again is there again.
    for (const name of given)
      if (left.has(at)) missing.add(name)
      else missing.delete(name)
  }
  return left
}

/** Steps from one on that do the same as it does, to whatever: where one deviates, all do. */
export function sameSteps({ steps }: Story, at: number): number[] {
  const wanted = shapeOf(steps[at]!)
  return steps.flatMap((step, i) => (i >= at && shapeOf(step) === wanted ? [i] : []))
}

/** What a step does: its method, its path without names, and what it gives; which field it sets, where it says so. */
const shapeOf = ({ method, path, form = {}, body }: Step): string =>
  [method, path.replace(/\{\w+\}[^/]*|[^/]*\.\w+$|\d+/g, '*'), Object.keys(form), form.key, body?.slice(0, 40)].join(
    ' ',
  )

const namesIn = ({ path, query, form, body, headers }: Step): string[] =>
  [...JSON.stringify({ path, query, form, body, headers }).matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
