/** Kinds of profile data that belong to no app alone. */
import type { PhpArray } from '#lib/php.ts'
import type { Regions } from '#world/accounts/languages.ts'
import type { CommonPasswords } from '#world/accounts/password-policy.ts'
import type { Lexicon } from '#world/settings/config-lexicon.ts'
import type { KnownOperation } from './profile.ts'
import { defineProfileData } from './profile-data.ts'

/** All operations that the product publishes. */
export const operations = defineProfileData<readonly KnownOperation[]>('operations', [])

/** Routes below `index.php` for pages and their programs, such as `GET /apps/files/{view}`, by the app that has them. */
export const pageRoutes = defineProfileData<Readonly<Record<string, readonly string[]>>>('page-routes', {})

/** What `GET /cloud/apps/{app}` answers, by the ids of apps. */
export const appInfo = defineProfileData<Readonly<Record<string, PhpArray>>>('app-info', {})

/** Types and defaults of settings, as the apps declare them. */
export const configLexicon = defineProfileData<Lexicon>('config-lexicon', {})

/** Languages, locales and time zones of the release. */
export const regions = defineProfileData<Regions>('regions', { languages: [], locales: [], timezones: [] })

/** Passwords that everybody knows. */
export const commonPasswords = defineProfileData<CommonPasswords>('common-passwords', { hashes: '', lengths: [] })
