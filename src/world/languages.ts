import { getSystem } from './config.ts'
import type { User } from './users.ts'
import type { World } from './world.ts'

/** What a release knows of languages, locales and time zones: codes only. */
export interface Regions {
  readonly languages: readonly string[]
  readonly locales: readonly string[]
  readonly timezones: readonly string[]
}

/** What a request says about the language of whoever sent it. */
export interface LanguageWish {
  /** The header `Accept-Language`. */
  readonly accepted: string
  /** The parameter `forceLanguage`. */
  readonly forced?: string | undefined
}

/**
 * The language of an account: what the instance forces, what the account chose, what its owner's request asks
 * for, or the instance's default.
 * @param wish of the request, if the account's owner sent it
 */
export function languageOf(world: World, user: User, { languages }: Regions, wish?: LanguageWish): string {
  const forced = getSystem<string | false>(world, 'force_language', false)
  if (forced !== false) return forced
  if (user.language !== '') return user.language
  const fallback = getSystem<string | false>(world, 'default_language', false)
  return (wish && (wish.forced || acceptedLanguage(wish.accepted, languages, fallback))) || fallback || 'en'
}

/** The best of the known languages for an `Accept-Language` header, or `null`. Weights are not looked at. */
function acceptedLanguage(header: string, languages: readonly string[], fallback: string | false): string | null {
  const clean = header.replace(/[^a-zA-Z0-9.;,=_-]/g, '').toLowerCase()
  for (const part of clean.split(',')) {
    const wanted = part.split(';')[0]!.replaceAll('-', '_')
    const [first, ...rest] = wanted.split('_')
    const last = rest.at(-1) ?? first
    for (const language of languages) {
      const known = language.toLowerCase()
      if (known === wanted) {
        // `de` is informal; an instance whose default is `de_DE` wants the formal one.
        return known === 'de' && fallback && fallback.toLowerCase() === 'de_de' ? 'de_DE' : language
      }
      if (known === `${first}_${last}`) return language
    }
    if (first && languages.includes(first)) return first
  }
  return null
}
