import { unknownApp } from '#app/scenario-action.ts'
import { type AddedApp, withApps } from '#app/with-apps.ts'
import type { Fault } from '#faults/fault.ts'
import { faultProblem } from '#faults/faults.ts'
import { didYouMean } from '#lib/did-you-mean.ts'
import type { Place } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import { checkValue, type Mismatch } from '#lib/schema.ts'
import type { Catalogue } from '#line/catalogue.ts'
import { DEFAULT_PROFILE, profiles } from '#profiles/index.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import {
  actionNames,
  actionsOf,
  type Scenario,
  type ScenarioVocabulary,
  type Step,
  scenarioSchema,
  TRIGGERS,
} from './format.ts'
import { type Problem, ScenarioError } from './problem.ts'

/** What a scenario is to run on. */
export interface ScenarioContext extends ScenarioVocabulary {
  readonly profile: ProfileDefinition
  readonly catalogue: Catalogue
  /** What it names of other files will be read. */
  readonly readsFiles?: boolean
}

interface CheckOptions extends Omit<ScenarioContext, 'profile'>, Partial<Pick<ScenarioContext, 'profile'>> {
  /** Where it names a profile itself: apps that are there besides those of the release. */
  readonly addedApps?: readonly AddedApp[]
}

/**
 * Check a document that should be a scenario. What only the world knows, such as accounts, is found out when it runs.
 * @param name what it is called in errors
 * @param given what it is to run on; without a profile, that which it names
 * @throws ScenarioError with all mistakes, each with its place
 */
export function checkScenario(document: unknown, name: string, given: CheckOptions): Scenario {
  const problems = problemsOf(document, given)
  if (problems.length > 0) throw new ScenarioError(name, problems)
  return document as Scenario
}

function problemsOf(document: unknown, given: CheckOptions): Problem[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return [{ place: [], problem: `found ${kindOf(document)}. A scenario has description, profile, seed and steps.` }]
  }
  const problems = checkValue(scenarioSchema(given), document).map((mismatch) => explain(document, mismatch))
  if (problems.length > 0) return problems
  const scenario = document as Scenario
  const wanted = profileProblem(scenario.profile, given.profile)
  if (wanted) return [wanted]
  const named = profiles[scenario.profile ?? DEFAULT_PROFILE]!
  const profile = given.profile ?? withApps(named, given.addedApps ?? [])
  const context: ScenarioContext = { ...given, profile }
  if (scenario.steps.length === 0) return [{ place: ['steps'], problem: 'there are none. Write at least one.' }]
  return [
    ...seedProblems(scenario.seed, ['seed'], context),
    ...nameProblems(scenario.steps),
    ...scenario.steps.flatMap((step, i) => stepProblems(step, ['steps', i], scenario, context)),
  ]
}

const kindOf = (value: unknown) =>
  value === null || value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : `the ${typeof value} ${value}`

/** A difference of shape in the words of whoever wrote the file. */
function explain(document: unknown, { pointer, expected, got, known }: Mismatch): Problem {
  const place = placeOf(document, pointer)
  const member = String(place.at(-1))
  if (expected === 'present') return { place, problem: `"${member}" is missing.` }
  if (expected !== 'absent' || !known) return { place, problem: `expected ${expected}, found ${got}.` }
  const meant = nearestName(member, known)
  const hint = meant === null ? `There may be ${known.join(', ')}.` : `Did you mean "${meant}"?`
  return { place, problem: `"${member}" is unknown. ${hint}` }
}

/** A JSON pointer as a place; whether a step is an index only the value can say. */
function placeOf(document: unknown, pointer: string): Place {
  let at = document
  return pointer
    .split('/')
    .slice(1)
    .map((escaped) => {
      const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~')
      const step = Array.isArray(at) ? Number(key) : key
      at = (at as Record<string, unknown> | undefined)?.[key]
      return step
    })
}

function profileProblem(wanted: string | undefined, given: ProfileDefinition | undefined): Problem | null {
  if (wanted === undefined) return null
  const place = ['profile']
  if (given) {
    if (given.id === wanted) return null
    return { place, problem: `it is made for "${wanted}", and this fake is "${given.id}".` }
  }
  const known = Object.keys(profiles)
  if (known.includes(wanted)) return null
  return { place, problem: `there is no profile "${wanted}". ${didYouMean(wanted, known)}` }
}

function nameProblems(steps: readonly Step[]): Problem[] {
  const first = new Map<string, number>()
  return steps.flatMap(({ name }, i) => {
    if (name === undefined) return []
    const known = first.get(name)
    if (known === undefined) {
      first.set(name, i)
      return []
    }
    return [{ place: ['steps', i, 'name'], problem: `"${name}" is the name of steps[${known}] already.` }]
  })
}

function stepProblems(step: Step, place: Place, scenario: Scenario, context: ScenarioContext): Problem[] {
  const triggers = TRIGGERS.filter((name) => step[name] !== undefined)
  const actions = actionsOf(step).filter((name) => step[name] !== undefined)
  const problems: Problem[] = []
  const say = (at: Place, problem: string) => problems.push({ place: [...place, ...at], problem })
  if (triggers.length > 1) {
    say(
      [triggers[1]!],
      `a step waits for one thing, and this one waits for ${triggers.join(' and ')}. Write two steps.`,
    )
  }
  if (actions.length === 0) say([], `it does nothing. Add one of ${actionNames(context).join(', ')}.`)
  if (step.on) {
    if (step.on.nth !== undefined && step.on.nth < 1) say(['on', 'nth'], `found ${step.on.nth}; requests count from 1.`)
    if (step.on.nth !== undefined && step.on.every) say(['on', 'every'], '"nth" and "every" exclude each other.')
    problems.push(...requestProblems(step.on, [...place, 'on'], context))
  }
  problems.push(...seedProblems(step.seed, [...place, 'seed'], context))
  for (const { name, check } of context.actions) {
    if (!check || step[name] === undefined) continue
    const found = check(step[name] as never, context)
    problems.push(...found.map((one) => ({ ...one, place: [...place, name, ...one.place] })))
  }
  for (const [at, fault] of lines<Fault>('fault', step.fault))
    problems.push(...faultProblems(fault, [...place, ...at], context))
  for (const kind of ['replace', 'patch'] as const) {
    const given = step[kind]
    if (given) problems.push(...replacementProblems(given, [...place, kind], context))
  }
  for (const [at, expected] of lines('expect', step.expect)) {
    problems.push(...expectationProblems(expected, [...place, ...at], context))
  }
  const faults = faultNames(scenario)
  for (const [at, name] of step.endFault === true ? [] : lines('endFault', step.endFault)) {
    if (!faults.includes(name)) {
      say(at, `no step has a fault or a replacement of the name "${name}". ${didYouMean(name, faults)}`)
    }
  }
  return problems
}

/** What is written once or as a list, each with its place below the step. */
function lines<T>(name: string, value: T | readonly T[] | undefined): [Place, T][] {
  if (value === undefined) return []
  return Array.isArray(value) ? value.map((one, i) => [[name, i], one]) : [[[name], value as T]]
}

const faultNames = ({ steps }: Scenario) =>
  steps
    .flatMap(({ fault, replace, patch }) => [
      ...lines<Fault>('', fault).map(([, { name }]) => name),
      replace?.name,
      patch?.name,
    ])
    .filter((name) => name !== undefined)

function faultProblems(fault: Fault, place: Place, context: ScenarioContext): Problem[] {
  const problem = faultProblem(fault)
  return [
    ...(problem === null ? [] : [{ place, problem }]),
    ...requestProblems(fault.on ?? {}, [...place, 'on'], context),
    ...(fault.replace ? replacementProblems(fault.replace, [...place, 'replace'], context) : []),
    ...(fault.patch ? replacementProblems(fault.patch, [...place, 'patch'], context) : []),
    ...(fault.answer ? fileProblems(fault.answer, 'body', [...place, 'answer'], context) : []),
  ]
}

type Replacement = NonNullable<Fault['replace'] | Fault['patch']>

function replacementProblems(replace: Replacement, place: Place, context: ScenarioContext): Problem[] {
  return [
    ...operationProblems(replace.operation, [...place, 'operation'], context),
    ...fileProblems(replace, 'data', place, context),
  ]
}

function fileProblems(
  given: { readonly file?: string; readonly data?: unknown; readonly body?: unknown },
  member: 'data' | 'body',
  place: Place,
  { readsFiles = false }: ScenarioContext,
): Problem[] {
  if (given.file === undefined) return []
  const at = [...place, 'file']
  if (given[member] !== undefined) return [{ place: at, problem: `"file" and "${member}" exclude each other.` }]
  return readsFiles ? [] : [{ place: at, problem: `only scenario files can name files. Write "${member}" instead.` }]
}

type Expected = Exclude<NonNullable<Step['expect']>, readonly unknown[]>

function expectationProblems(expected: Expected, place: Place, context: ScenarioContext): Problem[] {
  const { inOrder, ...others } = expected
  const alone = Object.keys(others)[0]
  if (inOrder && alone !== undefined) {
    return [{ place: [...place, alone], problem: `beside "inOrder" there is nothing else. Write two expectations.` }]
  }
  if (expected.times !== undefined && (expected.atLeast ?? expected.atMost) !== undefined) {
    return [{ place: [...place, 'times'], problem: '"times" says it exactly; leave out "atLeast" and "atMost".' }]
  }
  return [
    ...requestProblems(expected, place, context),
    ...(inOrder ?? []).flatMap((one, i) => requestProblems(one, [...place, 'inOrder', i], context)),
  ]
}

function requestProblems(
  { method, operation }: { readonly method?: string; readonly operation?: string | null },
  place: Place,
  context: ScenarioContext,
): Problem[] {
  return [
    ...(method !== undefined && !/^[A-Z]+$/.test(method)
      ? [{ place: [...place, 'method'], problem: `"${method}" is no method. Write it in capitals, such as "GET".` }]
      : []),
    ...(typeof operation === 'string' ? operationProblems(operation, [...place, 'operation'], context) : []),
  ]
}

function operationProblems(operation: string, place: Place, { catalogue: all }: ScenarioContext): Problem[] {
  const known = all.operations.map(({ id }) => id)
  if (known.includes(operation)) return []
  return [{ place, problem: `there is no operation "${operation}". ${didYouMean(operation, known)}` }]
}

/** Apps that a seed enables and that there are not. */
function seedProblems(seed: Scenario['seed'], place: Place, { profile }: ScenarioContext): Problem[] {
  const { enabled = [] } = (seed?.apps ?? {}) as { readonly enabled?: readonly string[] }
  return enabled.flatMap((app, i) =>
    unknownApp(app, profile).map((one) => ({ ...one, place: [...place, 'apps', 'enabled', i, ...one.place] })),
  )
}
