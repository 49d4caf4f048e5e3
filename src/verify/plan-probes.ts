import type { Endpoint } from '#line/endpoint.ts'
import type { Param } from '#line/params.ts'
import { type Account, isPage, type ProbeKind, type ProbeRequest, type Role, type Variant } from './exchange.ts'
import { oddValues, UNKNOWN_IDS } from './probe-values.ts'

/** One probe of an instance, sent in several variants that must agree. */
export interface ProbeCase {
  readonly operation: string
  readonly app: string
  readonly kind: ProbeKind
  readonly as: Role
  readonly path: string
  readonly query: string
  readonly ocs?: false
  /** Sent first with this query instead: what both answer is compared as {@link ProbeKind} says. */
  readonly control?: string
  /** The query with valid values, which shows what of the model's answer comes from the one that is not. */
  readonly valid?: string
  /** Default: GET. */
  readonly method?: string
  /** What the probe is about: `parameter search`. */
  readonly subject?: string
  readonly variants: readonly Variant[]
}

/** An operation that no probe is sent to, and why. */
export interface SkippedOperation {
  readonly operation: string
  readonly app: string
  readonly reason: string
}

export interface Plan {
  readonly cases: readonly ProbeCase[]
  readonly skipped: readonly SkippedOperation[]
}

export interface PlanInput {
  readonly endpoints: readonly Endpoint[]
  readonly apps: readonly string[]
  readonly accounts: readonly Account[]
  /** Only apps whose id matches. */
  readonly only?: RegExp | undefined
}

const ALL: readonly Variant[] = [
  { version: 2, format: 'json' },
  { version: 1, format: 'json' },
  { version: 2, format: 'xml' },
  { version: 1, format: 'xml' },
]
const BRIEF: readonly Variant[] = [
  { version: 2, format: 'json' },
  { version: 1, format: 'xml' },
]
const ONE: readonly Variant[] = [{ version: 2, format: 'json' }]

const UNKNOWN_PARAMETER = 'ocsmockUnknown=1'

/** All probes, derived from the definitions. Only GET: nothing here changes an instance. */
export function planProbes(input: PlanInput): Plan {
  const cases: ProbeCase[] = []
  const skipped: SkippedOperation[] = []
  for (const endpoint of input.endpoints) {
    if (input.only && !input.only.test(endpoint.app)) continue
    const reason = reasonToSkip(endpoint, input.apps)
    if (reason) skipped.push({ operation: endpoint.id, app: endpoint.app, reason })
    else {
      const planned = planEndpoint(endpoint, input.accounts)
      cases.push(...planned)
      if (planned.length === 0) {
        skipped.push({ operation: endpoint.id, app: endpoint.app, reason: 'its parameters have no values to ask with' })
      }
    }
  }
  if (!input.only || input.only.test('core')) cases.push(...protocolCases(input.accounts))
  return { cases, skipped }
}

function reasonToSkip({ app, method, writes, access }: Endpoint, apps: readonly string[]): string | null {
  if (app !== 'core' && !apps.includes(app)) return `the app ${app} is not enabled there`
  if (method !== 'GET') return `${method} changes state`
  if (writes) return 'this GET changes state'
  if (access === 'exapp' || access === 'app-api') return 'only ExApps may call it'
  return null
}

/** Who sees most: an administrator, or else the first account. */
export const bestRole = (accounts: readonly Account[]): Role =>
  accounts.find((account) => account.role === 'admin')?.role ?? accounts[0]?.role ?? 'anonymous'

const idOf = (accounts: readonly Account[], as: Role) =>
  (accounts.find((account) => account.role === as) ?? accounts[0])?.id ?? 'admin'

/** What a server has is asked for by its id. @param values of path parameters, as the server named them */
export function caseWith(endpoint: Endpoint, accounts: readonly Account[], values: Values): ProbeCase | null {
  const as = bestRole(accounts)
  const request = fillIn(endpoint, { ...valuesOf(endpoint, idOf(accounts, as)), ...values })
  return request && makeCase(endpoint, 'valid', as, request, ALL)
}

function planEndpoint(endpoint: Endpoint, accounts: readonly Account[]): ProbeCase[] {
  const cases: ProbeCase[] = []
  const roles: Role[] = [...new Set(accounts.map((account) => account.role))]
  const best = bestRole(accounts)
  for (const as of [...roles, 'anonymous'] as const) {
    const request = fillIn(endpoint, valuesOf(endpoint, idOf(accounts, as)))
    if (!request) continue
    cases.push(makeCase(endpoint, 'valid', as, request, ALL))
    if (as !== best) continue
    const unknown = makeCase(
      endpoint,
      'unknown-parameter',
      as,
      { ...request, query: join(request.query, UNKNOWN_PARAMETER) },
      ONE,
    )
    cases.push({ ...unknown, control: request.query })
    cases.push(...oddCases(endpoint, as, request))
  }
  const unknown = fillIn(endpoint, unknownValues(endpoint))
  if (unknown && endpoint.path.includes('{')) cases.push(makeCase(endpoint, 'unknown-id', best, unknown, ALL))
  return cases
}

interface PathAndQuery {
  readonly path: string
  readonly query: string
}

function makeCase(
  endpoint: Endpoint,
  kind: ProbeKind,
  as: Role,
  place: PathAndQuery,
  variants: readonly Variant[],
): ProbeCase {
  const { id: operation, app } = endpoint
  return { operation, app, kind, as, path: place.path, query: place.query, variants: variantsFor(endpoint, variants) }
}

/** A page of an app is asked in one version: it answers the same in both. */
function variantsFor({ path, envelope }: Endpoint, wanted: readonly Variant[]): readonly Variant[] {
  if (!isPage(path)) return wanted
  if (envelope === false) return ONE
  const ofV1 = wanted.filter(({ version }) => version === 1)
  return ofV1.length > 0 ? ofV1 : [{ version: 1, format: 'json' }]
}

const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join('&')

type Values = Readonly<Record<string, string>>

/** Values for path and input, from the definition; the caller is the one value that everybody has. */
function valuesOf(endpoint: Endpoint, me: string): Values {
  const values: Record<string, string> = { userId: me }
  for (const [name, value] of Object.entries(endpoint.probe ?? {})) values[name] = value === '$me' ? me : value
  return values
}

function unknownValues(endpoint: Endpoint): Values {
  const values: Record<string, string> = { ...valuesOf(endpoint, 'admin') }
  for (const { name, test } of pathParams(endpoint.path)) {
    const value = UNKNOWN_IDS.find((candidate) => !test || test.test(candidate))
    if (value === undefined) delete values[name]
    else values[name] = value
  }
  return values
}

export function pathParams(path: string): { name: string; whole: string; test: RegExp | null }[] {
  return [...path.matchAll(/\{([^:}]+)(?::((?:[^{}]|\{[^{}]*\})*))?\}/g)].map(([whole, name, pattern]) => ({
    name: name!,
    whole,
    test: pattern === undefined ? null : new RegExp(`^(?:${pattern})$`),
  }))
}

/** Path and query with values for all that is required; `null` where a value is missing. */
function fillIn(endpoint: Endpoint, values: Values): PathAndQuery | null {
  let path: string = endpoint.path
  const inPath = new Set<string>()
  for (const { name, whole } of pathParams(path)) {
    const value = values[name]
    if (value === undefined) return null
    inPath.add(name)
    path = path.replace(whole, value.split('/').map(encodeURIComponent).join('/'))
  }
  const pairs: string[] = []
  for (const [name, param] of Object.entries(endpoint.input ?? {})) {
    if (inPath.has(name)) continue
    const value = endpoint.probe?.[name] === undefined ? defaultValue(param) : values[name]!
    if (value === undefined) return null
    if (value !== null) pairs.push(pair(name, param, value))
  }
  return { path, query: pairs.join('&') }
}

function pair(name: string, param: Param<unknown>, value: string): string {
  const key = param.options.type === 'array' && !name.endsWith('[]') ? `${name}[]` : name
  return `${encodeURIComponent(key)}=${encodeURIComponent(value)}`
}

/** A value for a parameter without one: `null` leaves it out, `undefined` knows none. */
function defaultValue({ options }: Param<unknown>): string | null | undefined {
  if (options.hasDefault || options.nullable || options.type === 'mixed') return null
  if (options.values?.[0] !== undefined) return options.values[0]
  if (options.type === 'int' || options.type === 'float') return String(options.min ?? 1)
  return options.type === 'bool' ? '0' : undefined
}

/** Every parameter with values that a server must not take for others, one at a time. */
function oddCases(endpoint: Endpoint, as: Role, request: PathAndQuery): ProbeCase[] {
  const cases: ProbeCase[] = []
  for (const [name, param] of Object.entries(endpoint.input ?? {})) {
    if (endpoint.path.includes(`{${name}}`)) continue
    const key = encodeURIComponent(name)
    const isOther = (part: string) => !part.startsWith(`${key}=`) && !part.startsWith(`${key}[`) && part !== key
    const others = join(...request.query.split('&').filter(isOther))
    const subject = `parameter ${name}`
    for (const { kind, query, repeats } of oddValues(name, param)) {
      const place = { ...request, query: join(others, query) }
      const made = makeCase(endpoint, kind, as, place, repeats ? BRIEF : ONE)
      cases.push({ ...made, subject, ...(kind === 'invalid' ? { valid: request.query } : { control: others }) })
    }
  }
  return cases
}

const CAPABILITIES = '/cloud/capabilities'

/** What no definition says: unknown routes, forged requests, wrong passwords. */
function protocolCases(accounts: readonly Account[]): ProbeCase[] {
  const best = bestRole(accounts)
  const base = { operation: 'protocol', app: 'core', kind: 'protocol', query: '', variants: ALL } as const
  const cases: ProbeCase[] = [{ ...base, as: best, path: '/ocsmock/unknown' }]
  cases.push({ ...base, as: 'anonymous', path: '/ocsmock/unknown' })
  if (accounts.length === 0) return cases
  cases.push({ ...base, as: best, path: '/cloud/user', ocs: false })
  cases.push({ ...base, as: best, path: CAPABILITIES, method: 'HEAD', variants: BRIEF })
  cases.push({ ...base, as: best, path: CAPABILITIES, method: 'DELETE', variants: BRIEF })
  // What the query says goes before what is accepted.
  cases.push({ ...base, as: best, path: CAPABILITIES, query: 'format=json', variants: [{ version: 2, format: 'xml' }] })
  cases.push({ ...base, as: best, path: CAPABILITIES, query: 'format=xml', variants: ONE })
  // Last and once: a real server slows down whoever gets passwords wrong.
  cases.push({ ...base, as: 'wrong-password', path: '/cloud/user', variants: BRIEF })
  return cases
}

/** The requests of a case, in the order in which they are sent. */
export function requestsOf({ as, method = 'GET', path, query, ocs, control, variants }: ProbeCase): ProbeRequest[] {
  const queries = control === undefined ? [query] : [control, query]
  return queries.flatMap((one) =>
    variants.map((variant) => ({
      ...variant,
      as,
      method,
      path,
      query: one,
      ...(ocs === false ? { ocs } : {}),
    })),
  )
}
