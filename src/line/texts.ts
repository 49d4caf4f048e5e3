import type { World } from '#world/world.ts'
import type { Call } from './call.ts'
import type { Endpoint } from './endpoint.ts'
import type { Actor } from './identify.ts'

/** What English messages are in another language; a list has the forms of a plural, as `_%n day_::_%n days_`. */
export type Messages = Readonly<Record<string, string | readonly string[]>>

/** Translations by language, and in a language by app: `{ de: { files_sharing: { 'Unknown share type': '…' } } }` */
export type Texts = Readonly<Record<string, Readonly<Record<string, Messages>>>>

/** Who asks for what, for the language and the app of what is answered. */
export interface Asking {
  readonly call: Call
  readonly actor: Pick<Actor, 'userId'>
  readonly endpoint: Endpoint
  readonly world: World
}
