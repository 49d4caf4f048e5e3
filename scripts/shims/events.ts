/** What bundled packages ask of Node's `events`, for runtimes that have none: see `scripts/build.ts`. */
export class EventEmitter {
  readonly #listeners = new Map<string, Set<(...args: unknown[]) => void>>()

  on(event: string, listener: (...args: unknown[]) => void): this {
    const known = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, known.add(listener))
    return this
  }

  emit(event: string, ...args: unknown[]): boolean {
    const listeners = this.#listeners.get(event) ?? []
    for (const listener of listeners) listener(...args)
    return this.#listeners.has(event)
  }
}
