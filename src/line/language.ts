import type { MaybePromise } from '#lib/maybe-promise.ts'
import { parseStr } from '#lib/php-form.ts'
import { regions } from '#profiles/keys.ts'
import type { Profile } from '#profiles/profile.ts'
import { acceptedLanguage, learn, needsLanguage } from '#world/accounts/languages.ts'
import * as users from '#world/accounts/users.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import type { Call } from './call.ts'
import type { Actor } from './identify.ts'

/**
 * Whoever comes in for the first time and has no language yet speaks the one that the request accepts from now on
 * (Nextcloud 34.0.1, asked). A promise only where the languages of the release are not known yet.
 */
export function learnAtFirst(call: Call, actor: Actor, world: World, profile: Profile): MaybePromise<void> {
  if (actor.isFirstLogin) return learnLanguage(call, actor, world, profile)
}

/** The same of whoever is shown a page of the product, the first time or later. */
export function learnLanguage(
  call: Call,
  { userId }: Pick<Actor, 'userId'>,
  world: World,
  profile: Profile,
): MaybePromise<void> {
  const accepted = call.header('accept-language')
  // Clients that take any language say so with an asterisk.
  if (!/[a-z]/i.test(accepted) || userId === null || !needsLanguage(world, userId)) return
  if (call.query.includes('forceLanguage') && parseStr(call.query).forceLanguage !== undefined) return
  const known = regions.load(profile)
  if (known instanceof Promise) return known.then((loaded) => learn(world, userId, accepted, loaded))
  learn(world, userId, accepted, known)
}

/** The language that a request forces, as the server reads its name, or `undefined`. */
function forcedByRequest(call: Call): string | undefined {
  const { forceLanguage } = call.query.includes('forceLanguage') ? parseStr(call.query) : {}
  return typeof forceLanguage === 'string' ? forceLanguage.replace(/[^a-zA-Z0-9.;,=_-]/g, '') : undefined
}

/**
 * Which of the languages of an app a request is answered in: the one that the request or the instance forces, that of
 * the account, what the request accepts, the instance's default, English (Nextcloud 34.0.1, source). A language
 * that the app does not have is passed over.
 * @param languages those of the app, with `en`
 */
export function spokenLanguage({ call, actor, world }: Asked, languages: readonly string[]): string {
  const forced = forcedByRequest(call) ?? getSystem<unknown>(world, 'force_language', false)
  const own = actor.userId === null ? '' : (users.find(world, actor.userId)?.language ?? '')
  const chosen = [forced, own].find((language) => languages.some((one) => one === language))
  if (typeof chosen === 'string') return chosen
  // Sorted, `de` comes before `de_DE`.
  const accepted = acceptedLanguage(world, call.header('accept-language'), languages.toSorted())
  if (accepted !== null) return accepted
  const byDefault = getSystem<unknown>(world, 'default_language', false)
  return languages.find((language) => language === byDefault) ?? 'en'
}

/** Who asks, and how. */
interface Asked {
  readonly call: Call
  readonly actor: Pick<Actor, 'userId'>
  readonly world: World
}
