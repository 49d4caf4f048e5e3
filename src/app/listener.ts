import type { WorldEvent } from '#world/events.ts'
import type { World } from '#world/world.ts'

/** How a listener reaches the outside. */
export interface ListenerContext {
  readonly world: World
  /** Sends requests. */
  readonly send: typeof fetch
  /** Where links of this instance begin: scheme and host, no trailing slash. */
  readonly baseUrl: string
  /** Told, in a sentence, what could not be sent. */
  complain(message: string): void
}

/** Something outside of the world that happens because of what happens in it, such as the call of a webhook. */
export interface Listener {
  readonly kind: 'listener'
  /** Whether anybody listens in this world; asked at every event, so it must be quick. */
  isNeeded(world: World): boolean
  /** Ends when all is done, and never rejects. */
  hear(event: WorldEvent, context: ListenerContext): Promise<void>
}

/** Define what happens outside of the world because of what happens in it. */
export const defineListener = (definition: Omit<Listener, 'kind'>): Listener => ({ kind: 'listener', ...definition })
