import type { WorldEvent } from '#world/events.ts'

/** What happens in a world while requests are answered. */
export class Changes {
  readonly #underWay = new Set<WorldEvent[]>()

  /** Something happened. Whose it is of several requests, nobody can tell. */
  note(event: WorldEvent): void {
    if (this.#underWay.size === 1) for (const events of this.#underWay) events.push(event)
  }

  /** @param answer gets the list to which everything is added that happens until it ends */
  async during<T>(answer: (events: readonly WorldEvent[]) => Promise<T>): Promise<T> {
    const events: WorldEvent[] = []
    this.#underWay.add(events)
    try {
      return await answer(events)
    } finally {
      this.#underWay.delete(events)
    }
  }
}
