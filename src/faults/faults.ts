import type { JournalEntry } from '#journal/journal.ts'
import { matching, type RequestMatcher } from '#journal/match.ts'
import { UserError } from '#lib/errors.ts'
import { checkValue } from '#lib/schema.ts'
import { parseDuration } from '#world/clock.ts'
import type { World } from '#world/world.ts'
import { type Fault, faultSchema, MISHAPS } from './fault.ts'
import { type Needs, needsOf } from './probe.ts'

/** A fault and how often it struck. */
export interface ActiveFault {
  readonly name: string
  readonly fault: Fault
  /** Requests that it was meant for. */
  readonly seen: number
  /** Requests that it befell. */
  readonly hits: number
}

/** What befalls one request. */
export interface Mishap {
  /** Milliseconds. */
  readonly delay: number
  readonly fault: Fault
  /** The faults behind it. */
  readonly name: string
  /** For a rate limit: seconds until the next try. */
  readonly retryAfter: number
}

interface Kept {
  readonly name: string
  readonly fault: Fault
  readonly matches: (entry: JournalEntry) => boolean
  seen: number
  hits: number
  /** Of a rate limit: when the period began, and how many requests it has answered. */
  period: { at: number; count: number }
}

const DEFAULT_PERIOD = '1m'
const MAX_FAULTS = 1000

/** The faults of one mock, in the order in which they were added. */
export class Faults {
  #kept: Kept[] = []
  #number = 0
  #needs: Needs = needsOf([])
  readonly #onChange: () => void

  /** @param onChange called when faults came or went */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange
  }

  get isEmpty(): boolean {
    return this.#kept.length === 0
  }

  get list(): readonly ActiveFault[] {
    return this.#kept.map(({ name, fault, seen, hits }) => ({ name, fault, seen, hits }))
  }

  /** What has to be known of a request to see which faults it meets. */
  get needs(): Needs {
    return this.#needs
  }

  /**
   * From now on this happens. A fault of the same name is replaced. The answer is its name.
   * @throws UserError for a fault that has no effect or two that exclude each other.
   */
  add(fault: Fault): string {
    checkFault(fault)
    const name = fault.name ?? `fault-${++this.#number}`
    const matches = matching(matcherOf(fault))
    if (this.#kept.length >= MAX_FAULTS) throw new UserError(`Failed to add a fault: there are ${MAX_FAULTS} already.`)
    this.#keep([
      ...this.#kept.filter((kept) => kept.name !== name),
      { name, fault, matches, seen: 0, hits: 0, period: { at: Number.NEGATIVE_INFINITY, count: 0 } },
    ])
    return name
  }

  /** Whether there was one. */
  remove(name: string): boolean {
    const rest = this.#kept.filter((kept) => kept.name !== name)
    const removed = rest.length < this.#kept.length
    if (removed) this.#keep(rest)
    return removed
  }

  clear(): void {
    if (this.#kept.length > 0) this.#keep([])
  }

  /** What befalls a request; `null`: nothing. Delays add up, of everything else the first counts. */
  strike(entry: JournalEntry, world: World): Mishap | null {
    let delay = 0
    let first: { kept: Kept; retryAfter: number } | null = null
    const names: string[] = []
    for (const kept of this.#kept) {
      const hasEffect = isMoreThanDelay(kept.fault)
      if (hasEffect && first && kept.fault.latency === undefined) continue
      if (!kept.matches(entry) || !this.#isDue(kept, world)) continue
      const wait = kept.fault.rateLimit ? limit(kept, world) : 0
      if (wait === null) continue
      kept.hits++
      names.push(kept.name)
      delay += delayOf(kept.fault, world)
      if (hasEffect) first ??= { kept, retryAfter: wait }
    }
    if (names.length === 0) return null
    this.#forgetSpent()
    return { delay, fault: first?.kept.fault ?? {}, name: names.join(', '), retryAfter: first?.retryAfter ?? 0 }
  }

  #isDue(kept: Kept, world: World): boolean {
    const { skip = 0, times = Number.POSITIVE_INFINITY, chance } = kept.fault
    kept.seen++
    if (kept.seen <= skip || kept.hits >= times) return false
    return chance === undefined || world.random.draw().number.float({ min: 0, max: 1 }) < chance
  }

  #forgetSpent(): void {
    const rest = this.#kept.filter(({ fault, hits }) => fault.times === undefined || hits < fault.times)
    if (rest.length < this.#kept.length) this.#keep(rest)
  }

  #keep(kept: Kept[]): void {
    this.#kept = kept
    this.#needs = needsOf(kept.map(({ fault }) => matcherOf(fault)))
    this.#onChange()
  }
}

/** Other data for an operation is for requests that reach it. */
const matcherOf = ({ on = {}, replace }: Fault): RequestMatcher =>
  replace ? { ...on, operation: replace.operation } : on

const isMoreThanDelay = (fault: Fault) => fault.body !== undefined || mishapOf(fault) !== null

/** The one mishap of a fault, or `null`. */
export function mishapOf(fault: Fault): (typeof MISHAPS)[number] | null {
  return MISHAPS.find((kind) => fault[kind] !== undefined) ?? null
}

/** What is wrong with a fault of the right shape, in words; `null`: nothing. */
export function faultProblem(fault: Fault): string | null {
  const kinds = MISHAPS.filter((kind) => fault[kind] !== undefined)
  if (kinds.length > 1) return `${kinds.join(' and ')} exclude each other. Write two faults.`
  const alone = kinds.find((kind) => kind !== 'replace' && kind !== 'answer')
  if (fault.body !== undefined && alone) return `"body" breaks an answer, and with "${alone}" there is none to break.`
  if (kinds.length === 0 && fault.body === undefined && fault.latency === undefined && fault.jitter === undefined)
    return `it does nothing. Add latency, body, ${MISHAPS.join(', ')}.`
  return null
}

function checkFault(fault: Fault): void {
  const [wrong] = checkValue(faultSchema, fault)
  const problem = wrong
    ? `${wrong.pointer.slice(1).replaceAll('/', '.')}: ${wrong.known ? `is unknown. Known are ${wrong.known.join(', ')}` : `expected ${wrong.expected}, found ${wrong.got}`}.`
    : (fault.answer?.file ?? fault.replace?.file) === undefined
      ? faultProblem(fault)
      : 'only scenario files can name files.'
  if (problem !== null) throw new UserError(`Failed to add a fault: ${problem}`)
}

function delayOf({ latency = 0, jitter }: Fault, world: World): number {
  const least = parseDuration(latency)
  return jitter === undefined ? least : least + world.random.int(0, Math.round(parseDuration(jitter)))
}

/** Seconds until the next try, or `null` where this request is still within the limit. */
function limit(kept: Kept, world: World): number | null {
  const { limit: most = 0, per = DEFAULT_PERIOD, retryAfter } = kept.fault.rateLimit!
  const length = parseDuration(per)
  const now = world.clock.now()
  if (now - kept.period.at >= length) kept.period = { at: now, count: 0 }
  if (kept.period.count < most) {
    kept.period.count++
    return null
  }
  const rest = retryAfter === undefined ? kept.period.at + length - now : parseDuration(retryAfter)
  return Math.max(1, Math.ceil(rest / 1000))
}
