import type { WorldEvent } from '#world/events.ts'
import type { Listener, ListenerContext } from './listener.ts'

/** Who is told what happens, and with what; looked up each time, for apps may be exchanged. */
export type Audience = () => { readonly listeners: readonly Listener[]; readonly context: ListenerContext }

/** Tells listeners what happens, and knows what they still do about it. */
export class ToldListeners {
  readonly #audience: Audience
  readonly #underWay = new Set<Promise<void>>()

  constructor(audience: Audience) {
    this.#audience = audience
  }

  tell(event: WorldEvent): void {
    const { listeners, context } = this.#audience()
    for (const listener of listeners) {
      if (!listener.isNeeded(context.world)) continue
      const done = listener.hear(event, context)
      this.#underWay.add(done)
      done.finally(() => this.#underWay.delete(done))
    }
  }

  /** Ends when everything that they do was done or has failed. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }
}
