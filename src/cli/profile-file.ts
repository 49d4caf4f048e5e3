import { readFile } from 'node:fs/promises'
import { UserError } from '#lib/errors.ts'
import { loadProfile, profileNames } from '#profiles/index.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import { profileOfDocument } from '#profiles/reading/profile-document.ts'

/**
 * A profile by its name, or the one in a file that `ocs-mock profile from URL` made.
 * @throws UserError
 */
export async function readProfileOption(wanted: string | undefined): Promise<ProfileDefinition> {
  if (wanted === undefined || profileNames.includes(wanted) || !/[./\\]/.test(wanted.replace(/^[a-z]+-[\d.]+$/, ''))) {
    return loadProfile(wanted)
  }
  let text: string
  try {
    text = await readFile(wanted, 'utf8')
  } catch {
    throw new UserError(
      `Failed to find the profile "${wanted}": there is no such file, and known are ${profileNames.join(', ')}.`,
    )
  }
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw new UserError(
      `Failed to read the profile "${wanted}": it is no JSON. Make one with "ocs-mock profile from URL".`,
    )
  }
  return profileOfDocument(document)
}
