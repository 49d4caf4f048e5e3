/** A stretch of time, in seconds since 1970, and what it is: `BUSY`, `BUSY-TENTATIVE` … */
export interface BusyTime {
  readonly start: number
  readonly end: number
  readonly type: string
}

const FREE = 'FREE'

/** What becomes of the time between two moments when one thing after another covers parts of it: the last one counts. */
export class BusyTimes {
  readonly #start: number
  readonly #end: number
  #parts: BusyTime[] = []

  constructor(start: number, end: number) {
    this.#start = start
    this.#end = end
  }

  add(from: number, to: number, type: string): void {
    const start = Math.max(from, this.#start)
    const end = Math.min(to, this.#end)
    if (end <= start) return
    const before = this.#parts
      .filter((one) => one.start < start)
      .map((one) => ({ ...one, end: Math.min(one.end, start) }))
    const after = this.#parts.filter((one) => one.end > end).map((one) => ({ ...one, start: Math.max(one.start, end) }))
    this.#parts = joined([...before, { start, end, type }, ...after])
  }

  /** Everything that is not free, in order. */
  busy(): BusyTime[] {
    return this.#parts.filter(({ type }) => type !== FREE)
  }
}

/** Neighbours of the same kind put together. */
function joined(parts: readonly BusyTime[]): BusyTime[] {
  const result: BusyTime[] = []
  for (const one of parts) {
    const last = result.at(-1)
    if (last && last.type === one.type && last.end === one.start) result[result.length - 1] = { ...last, end: one.end }
    else result.push(one)
  }
  return result
}
