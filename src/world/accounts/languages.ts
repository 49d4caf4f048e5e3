import { getSystem } from '../settings/config.ts'
import type { World } from '../world.ts'
import type { User } from './users.ts'
import * as users from './users.ts'

/** What a release knows of languages, locales and time zones: codes only. */
export interface Regions {
  readonly languages: readonly string[]
  readonly locales: readonly string[]
  readonly timezones: readonly string[]
}

/**
 * The language of an account: what the instance forces, what the account has, what the request says everyone
 * has, or the instance's default.
 * @param asked the request's parameter `forceLanguage`, if it came
 */
export function languageOf(world: World, user: User, asked?: string): string {
  const forced = getSystem<string | false>(world, 'force_language', false)
  if (forced !== false) return forced
  return user.language || asked || getSystem(world, 'default_language', 'en')
}

/** Whether an account has no language yet, and may choose one. */
export const needsLanguage = (world: World, userId: string): boolean =>
  getSystem<string | false>(world, 'force_language', false) === false && users.find(world, userId)?.language === ''

/**
 * An account without a language gets the one that its owner's request accepts, and keeps it
 * (Nextcloud 34.0.1, asked).
 * @param accepted the header `Accept-Language`
 */
export function learn(world: World, userId: string, accepted: string, { languages }: Regions): void {
  if (!needsLanguage(world, userId)) return
  const language = acceptedLanguage(world, accepted, languages)
  if (language !== null) users.patch(world, userId, { language })
}

/**
 * The first of these languages that a request accepts, or `null`.
 * @param accepted the header `Accept-Language`
 */
export function acceptedLanguage(world: World, accepted: string, languages: readonly string[]): string | null {
  const language = best(accepted, languages)
  // `de` is informal; an instance whose default is `de_DE` wants the formal one.
  const isFormal = language === 'de' && getSystem(world, 'default_language', '').toLowerCase() === 'de_de'
  return isFormal && languages.includes('de_DE') ? 'de_DE' : language
}

/** The first known language that an `Accept-Language` header names, or `null`. Weights are not looked at. */
function best(header: string, languages: readonly string[]): string | null {
  const clean = header.replace(/[^a-zA-Z0-9.;,=_-]/g, '').toLowerCase()
  for (const part of clean.split(',')) {
    const wanted = part.split(';')[0]!.replaceAll('-', '_')
    const [first, ...rest] = wanted.split('_')
    const exact = languages.find((language) => {
      const known = language.toLowerCase()
      return known === wanted || known === `${first}_${rest.at(-1) ?? first}`
    })
    if (exact) return exact
    if (first && languages.includes(first)) return first
  }
  return null
}
