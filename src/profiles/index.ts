import { UserError } from '#lib/errors.ts'
import { documented } from './documented.ts'
import { nextcloud34 } from './nextcloud-34.ts'
import { owncloud81 } from './owncloud-8.1.ts'
import type { ProfileDefinition } from './profile.ts'

const AT_ONCE = {
  'nextcloud-34': nextcloud34,
  documented,
  'owncloud-8.1': owncloud81,
}

/** The shipped profiles that are there at once, by name. */
export const profiles: Readonly<Record<string, ProfileDefinition>> = AT_ONCE

/** Those that are loaded when they are chosen, so that nobody pays for the others. */
const WHEN_CHOSEN = {
  'nextcloud-33': async () => (await import('./nextcloud-33.ts')).nextcloud33,
  'nextcloud-32': async () => (await import('./nextcloud-32.ts')).nextcloud32,
  'nextcloud-31': async () => (await import('./nextcloud-31.ts')).nextcloud31,
  'nextcloud-30': async () => (await import('./nextcloud-30.ts')).nextcloud30,
  'nextcloud-29': async () => (await import('./nextcloud-29.ts')).nextcloud29,
  'nextcloud-28': async () => (await import('./nextcloud-28.ts')).nextcloud28,
  'nextcloud-27': async () => (await import('./nextcloud-27.ts')).nextcloud27,
  'owncloud-10': async () => (await import('./owncloud-10.ts')).owncloud10,
} satisfies Readonly<Record<string, () => Promise<ProfileDefinition>>>

/** Name of a shipped profile. */
export type ProfileName = keyof typeof AT_ONCE | keyof typeof WHEN_CHOSEN

const isWhenChosen = (name: string): name is keyof typeof WHEN_CHOSEN => Object.hasOwn(WHEN_CHOSEN, name)

/** Names of all shipped profiles. */
export const profileNames: readonly string[] = [...Object.keys(profiles), ...Object.keys(WHEN_CHOSEN)]

export const DEFAULT_PROFILE = 'nextcloud-34'

/** Whether a profile need not be loaded. An unknown one need not: it is an error at once. */
export const isAtOnce = (wanted: string | ProfileDefinition | undefined): boolean =>
  typeof wanted !== 'string' || !isWhenChosen(wanted)

/**
 * A profile that is there at once.
 * @throws UserError for another one, which says how to load it, or lists the shipped ones
 */
export function findProfile(wanted: string | ProfileDefinition = DEFAULT_PROFILE): ProfileDefinition {
  if (typeof wanted !== 'string') return wanted
  if (Object.hasOwn(profiles, wanted)) return profiles[wanted]!
  if (isWhenChosen(wanted)) {
    throw new UserError(
      `The profile "${wanted}" is loaded when it is chosen. Write: profile: await loadProfile('${wanted}').`,
    )
  }
  throw unknownProfile(wanted)
}

/**
 * Load a shipped profile: for `createOcsMock({ profile: await loadProfile('nextcloud-33') })`.
 * @throws UserError that lists the shipped profiles
 */
export async function loadProfile(wanted: string | ProfileDefinition = DEFAULT_PROFILE): Promise<ProfileDefinition> {
  if (typeof wanted !== 'string') return wanted
  if (Object.hasOwn(profiles, wanted)) return profiles[wanted]!
  if (isWhenChosen(wanted)) return WHEN_CHOSEN[wanted]!()
  throw unknownProfile(wanted)
}

function unknownProfile(wanted: string): UserError {
  // A release that is told to the last digit is meant by its first.
  const meant = profileNames.find((name) => wanted.startsWith(`${name}.`) || name.endsWith(`-${wanted}`))
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
  return new UserError(`Failed to find the profile "${wanted}".${hint} Known are: ${profileNames.join(', ')}.`)
}
