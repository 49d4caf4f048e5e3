import type { WorldEvent } from '#world/events.ts'
import type { Listener, ListenerContext } from './listener.ts'

/** Tells listeners what happens, and knows when they are done. */
export class Listening {
  readonly #underWay = new Set<Promise<void>>()

  tell(listeners: readonly Listener[], event: WorldEvent, context: () => ListenerContext): void {
    for (const listener of listeners) {
      const told = context()
      if (!listener.isNeeded(told.world)) continue
      const done = listener.hear(event, told)
      this.#underWay.add(done)
      done.finally(() => this.#underWay.delete(done))
    }
  }

  /** Ends when no listener is busy any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }
}
