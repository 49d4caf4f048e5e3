import type { MaybePromise } from '#lib/maybe-promise.ts'
import { parseStr } from '#lib/php-form.ts'
import { regions } from '#profiles/keys.ts'
import type { Profile } from '#profiles/profile.ts'
import { learn, needsLanguage } from '#world/accounts/languages.ts'
import type { World } from '#world/world.ts'
import type { Call } from './call.ts'
import type { Actor } from './identify.ts'

/**
 * Whoever logs in and has no language yet speaks the one that the request accepts from now on. A promise only where
 * the languages of the release are not known yet.
 */
export function learnLanguage(call: Call, { userId }: Actor, world: World, profile: Profile): MaybePromise<void> {
  const accepted = call.header('accept-language')
  // Clients that take any language say so with an asterisk.
  if (!/[a-z]/i.test(accepted) || userId === null || !needsLanguage(world, userId)) return
  if (call.query.includes('forceLanguage') && parseStr(call.query).forceLanguage !== undefined) return
  const known = regions.load(profile)
  if (known instanceof Promise) return known.then((loaded) => learn(world, userId, accepted, loaded))
  learn(world, userId, accepted, known)
}
