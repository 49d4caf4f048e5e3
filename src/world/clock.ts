import { UserError } from '#lib/errors.ts'

/** A moment in words that people write: milliseconds, a Date, or ISO 8601. */
export type Moment = number | Date | string

export interface ClockState {
  /** Milliseconds between the machine's time and the world's. */
  readonly offset: number
  /** Where the clock stands still, in milliseconds since 1970; `null`: it runs. */
  readonly frozenAt: number | null
}

/** The world's time. It runs with the machine's unless it was set, moved or frozen. */
export class Clock {
  #offset = 0
  #frozenAt: number | null = null
  #listeners = new Set<() => void>()

  /** Told when the clock is moved, frozen or unfrozen, not when it runs; the answer stops listening. */
  on(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset
  }

  /** Whole seconds since 1970, as PHP's `time()`. */
  seconds(): number {
    return Math.floor(this.now() / 1000)
  }

  /** The clock goes on from this moment. */
  set(moment: Moment): void {
    const at = toMilliseconds(moment)
    if (this.#frozenAt !== null) this.#frozenAt = at
    else this.#offset = at - Date.now()
    this.#tell()
  }

  /** The clock stands still, here or at a moment. */
  freeze(moment?: Moment): void {
    this.#frozenAt = moment === undefined ? this.now() : toMilliseconds(moment)
    this.#tell()
  }

  /** The clock runs on from where it stood. */
  unfreeze(): void {
    if (this.#frozenAt === null) return
    this.#offset = this.#frozenAt - Date.now()
    this.#frozenAt = null
    this.#tell()
  }

  /** Move on by milliseconds or a duration (`90s`, `24h`, `7d`). A frozen clock stays frozen. */
  advance(duration: number | string): void {
    const by = parseDuration(duration)
    if (!isMoment(this.now() + by))
      throw new UserError(`Failed to advance the clock by "${duration}": the world has the years from 1970 to 9999.`)
    if (this.#frozenAt !== null) this.#frozenAt += by
    else this.#offset += by
    this.#tell()
  }

  get state(): ClockState {
    return { offset: this.#offset, frozenAt: this.#frozenAt }
  }

  restore(state: ClockState): void {
    this.#offset = state.offset
    this.#frozenAt = state.frozenAt
    this.#tell()
  }
}

const LONGEST_DURATION = 100

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/**
 * Milliseconds of a duration: a number, or numbers with units (`1h30m`, `24h`, `500ms`).
 * @throws UserError that names what was found and what would be right.
 */
export function parseDuration(duration: number | string): number {
  if (typeof duration === 'number' && Number.isFinite(duration)) return duration
  const text = String(duration).slice(0, LONGEST_DURATION).trim()
  const parts = [...text.matchAll(/(-?\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/g)]
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text.replace(/\s+(?=-?\d)/g, '')) {
    throw new UserError(
      `Failed to read the duration "${text}". Write a number of milliseconds or units, such as "90s", "24h" or "1h30m".`,
    )
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit!]!, 0)
}

/** The last moment that a date of four digits for the year can name. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Whether a value, counted from another moment, is one from 1970 to 9999: all that answers can name. */
export const isMoment = (value: unknown, from = 0): value is number =>
  typeof value === 'number' && value + from >= 0 && value + from <= LATEST

function toMilliseconds(moment: Moment): number {
  const at = typeof moment === 'number' ? moment : moment instanceof Date ? moment.getTime() : Date.parse(moment)
  if (!isMoment(at)) {
    throw new UserError(
      `Failed to read the moment "${String(moment)}". Write ISO 8601, such as "2026-03-01T12:00:00Z", or milliseconds since 1970; years go to 9999.`,
    )
  }
  return at
}
