import type { RequestFacts } from '#journal/journal-entry.ts'
import { matching, type RequestMatcher } from '#journal/match.ts'
import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import { checkValue, type Mismatch } from '#lib/schema.ts'
import { checkOperation } from '#line/check-operation.ts'
import type { Operation } from '#line/operation.ts'
import { parseDuration } from '#world/clock.ts'
import type { World } from '#world/world.ts'
import { EFFECTS, type Fault, faultSchema } from './fault.ts'
import { type EntryNeeds, needsOf } from './pending-entry.ts'

/** A fault and how often it was applied. */
export interface ActiveFault {
  readonly name: string
  readonly fault: Fault
  /** Requests that it matched. */
  readonly matched: number
  /** Requests that it was applied to. */
  readonly applied: number
}

/** The faults that are applied to one request, as one. */
export interface AppliedFault {
  /** Milliseconds. */
  readonly delay: number
  readonly fault: Fault
  /** The faults behind it. */
  readonly name: string
  /** For a rate limit: seconds until the next try. */
  readonly retryAfter: number
}

interface FaultState {
  readonly name: string
  readonly fault: Fault
  readonly matches: (entry: RequestFacts) => boolean
  matched: number
  applied: number
  /** Of a rate limit: when the period began, and how many requests it has answered. */
  period: { at: number; count: number }
}

const DEFAULT_PERIOD = '1m'
const MAX_FAULTS = 1000

/** The faults of one mock, in the order in which they were added. */
export class Faults {
  #states: FaultState[] = []
  #number = 0
  #needs: EntryNeeds = needsOf([])
  readonly #onChange: () => void

  readonly #operations: () => readonly Operation[]

  /**
   * @param onChange called when faults came or went
   * @param operations all that can answer; without it, nobody knows which there are
   */
  constructor(onChange: () => void = () => {}, operations: () => readonly Operation[] = () => []) {
    this.#onChange = onChange
    this.#operations = operations
  }

  /**
   * A fault that could be added.
   * @throws UserError for one that could not, or would never apply
   */
  check(fault: Fault): void {
    checkFault(fault)
    const known = this.#operations()
    for (const operation of [fault.on?.operation, fault.replace?.operation, fault.patch?.operation])
      if (typeof operation === 'string') checkOperation('Failed to add a fault', operation, known)
  }

  get isEmpty(): boolean {
    return this.#states.length === 0
  }

  get list(): readonly ActiveFault[] {
    return this.#states.map(({ name, fault, matched, applied }) => ({ name, fault, matched, applied }))
  }

  /** What has to be known of a request to see which faults match it. */
  get needs(): EntryNeeds {
    return this.#needs
  }

  /**
   * From now on this happens. A fault of the same name is replaced. The answer is its name.
   * @param isFirst it goes before those that are there already, and not behind them
   * @throws UserError for a fault that has no effect or two that exclude each other.
   */
  add(fault: Fault, isFirst = false): string {
    this.check(fault)
    const name = fault.name ?? `fault-${++this.#number}`
    const matches = matching(matcherOf(fault))
    if (this.#states.length >= MAX_FAULTS)
      throw new UserError(`Failed to add a fault: there are ${MAX_FAULTS} already.`)
    const others = this.#states.filter((state) => state.name !== name)
    const added = { name, fault, matches, matched: 0, applied: 0, period: { at: Number.NEGATIVE_INFINITY, count: 0 } }
    this.#replace(isFirst ? [added, ...others] : [...others, added])
    return name
  }

  /** Whether there was one. */
  remove(name: string): boolean {
    const rest = this.#states.filter((state) => state.name !== name)
    const removed = rest.length < this.#states.length
    if (removed) this.#replace(rest)
    return removed
  }

  clear(): void {
    if (this.#states.length > 0) this.#replace([])
  }

  /** Apply the faults that match a request; `null`: none does. Delays add up, of everything else the first counts. */
  apply(entry: RequestFacts, world: World): AppliedFault | null {
    let delay = 0
    let first: { state: FaultState; retryAfter: number } | null = null
    const names: string[] = []
    for (const state of this.#states) {
      const hasEffect = isMoreThanDelay(state.fault)
      if (hasEffect && first && state.fault.latency === undefined) continue
      if (!state.matches(entry) || !this.#isDue(state, world)) continue
      const wait = state.fault.rateLimit ? limit(state, world) : 0
      if (wait === null) continue
      state.applied++
      names.push(state.name)
      delay += delayOf(state.fault, world)
      if (hasEffect) first ??= { state, retryAfter: wait }
    }
    if (names.length === 0) return null
    this.#removeUsedUp()
    return { delay, fault: first?.state.fault ?? {}, name: names.join(', '), retryAfter: first?.retryAfter ?? 0 }
  }

  #isDue(state: FaultState, world: World): boolean {
    const { skip = 0, times = Number.POSITIVE_INFINITY, chance } = state.fault
    state.matched++
    if (state.matched <= skip || state.applied >= times) return false
    return chance === undefined || world.random.fraction() < chance
  }

  #removeUsedUp(): void {
    const rest = this.#states.filter(({ fault, applied }) => fault.times === undefined || applied < fault.times)
    if (rest.length < this.#states.length) this.#replace(rest)
  }

  #replace(states: FaultState[]): void {
    this.#states = states
    this.#needs = needsOf(states.map(({ fault }) => matcherOf(fault)))
    this.#onChange()
  }
}

/** Other data for an operation is for requests that reach it. */
function matcherOf({ on = {}, replace, patch }: Fault): RequestMatcher {
  const operation = (replace ?? patch)?.operation
  return operation === undefined ? on : { ...on, operation }
}

const isMoreThanDelay = (fault: Fault) => fault.body !== undefined || effectOf(fault) !== null

/** The one effect of a fault, or `null`. */
export function effectOf(fault: Fault): (typeof EFFECTS)[number] | null {
  return EFFECTS.find((kind) => fault[kind] !== undefined) ?? null
}

/** What is wrong with a fault of the right shape, in words; `null`: nothing. */
export function faultProblem(fault: Fault): string | null {
  const kinds = EFFECTS.filter((kind) => fault[kind] !== undefined)
  if (kinds.length > 1) return `${kinds.join(' and ')} exclude each other. Write two faults.`
  const alone = kinds.find((kind) => kind !== 'replace' && kind !== 'answer' && kind !== 'patch')
  if (fault.body !== undefined && alone) return `"body" breaks an answer, and with "${alone}" there is none to break.`
  if (kinds.length === 0 && fault.body === undefined && fault.latency === undefined && fault.jitter === undefined)
    return `it does nothing. Add latency, body, ${EFFECTS.join(', ')}.`
  return null
}

function checkFault(fault: Fault): void {
  const [wrong] = checkValue(faultSchema, fault)
  const problem = wrong
    ? mismatch(wrong)
    : (fault.answer?.file ?? fault.replace?.file ?? fault.patch?.file) === undefined
      ? faultProblem(fault)
      : 'only scenario files can name files.'
  if (problem !== null) throw new UserError(`Failed to add a fault: ${problem}`)
}

function mismatch({ pointer, known, expected, got }: Mismatch): string {
  const place = pointer.slice(1).split('/')
  if (known) return `${place.join('.')} is unknown. ${didYouMean(place.at(-1) ?? '', known)}`
  return `${pointer === '' ? '' : `${place.join('.')}: `}expected ${expected}, found ${got}.`
}

function delayOf({ latency = 0, jitter }: Fault, world: World): number {
  const least = parseDuration(latency)
  return jitter === undefined ? least : least + world.random.int(0, Math.round(parseDuration(jitter)))
}

/** Seconds until the next try, or `null` where this request is still within the limit. */
function limit(state: FaultState, world: World): number | null {
  const { limit: most = 0, per = DEFAULT_PERIOD, retryAfter } = state.fault.rateLimit!
  const length = parseDuration(per)
  const now = world.clock.now()
  if (now - state.period.at >= length) state.period = { at: now, count: 0 }
  if (state.period.count < most) {
    state.period.count++
    return null
  }
  const rest = retryAfter === undefined ? state.period.at + length - now : parseDuration(retryAfter)
  return Math.max(1, Math.ceil(rest / 1000))
}
