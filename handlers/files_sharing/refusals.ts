import type { Reason, Refusal } from '#world/sharing/shares.ts'

/** How the real server says a refusal: a reason for whoever asked, a wrong argument, or only that it failed. */
type Words = readonly [how: 'told' | 'argument' | 'silent', code: number, text: string]

const WORDS: Readonly<Record<Reason, Words>> = {
  'sharing-off': ['silent', 403, ''],
  'recipient-no-user': ['argument', 403, 'Share recipient is not a valid user'],
  'recipient-no-group': ['argument', 403, 'Share recipient is not a valid group'],
  'recipient-missing': ['argument', 403, 'Share recipient should not be empty'],
  'with-yourself': ['argument', 403, 'Cannot share with yourself'],
  'node-gone': ['argument', 403, 'Shared path must be set'],
  root: ['argument', 403, 'You cannot share your root folder'],
  'not-shareable': ['told', 404, 'You are not allowed to share %s'],
  'bad-permissions': ['argument', 403, 'Valid permissions are required for sharing'],
  'file-permissions': ['argument', 403, 'File shares cannot have create or delete permissions'],
  'more-than-own': ['told', 404, 'Cannot increase permissions of %s'],
  'no-read': ['argument', 403, 'Shares need at least read permissions'],
  'other-groups': ['silent', 403, ''],
  'contains-shares': ['argument', 403, 'You cannot share a folder that contains other shares'],
  'with-owner': ['argument', 403, 'Cannot share with the share owner'],
  'groups-off': ['silent', 403, ''],
  'links-off': ['silent', 403, ''],
  'upload-off': ['argument', 403, 'Public upload is not allowed'],
  'already-shared': ['silent', 403, ''],
  'password-needed': ['argument', 403, 'Passwords are enforced for link and mail shares'],
  'password-weak': ['told', 400, '%s'],
  'expiry-past': ['told', 404, 'Expiration date is in the past'],
  'expiry-needed': ['argument', 403, 'Expiration date is enforced'],
  'expiry-too-late': ['told', 404, 'Cannot set expiration date more than %s in the future'],
  'no-cloud-id': ['argument', 403, '%s'],
  'remote-failed': ['silent', 403, ''],
}

const text = ([, , words]: Words, { reason, about }: Refusal) =>
  words.replace('%s', reason === 'expiry-too-late' ? `${about} ${about === 1 ? 'day' : 'days'}` : String(about ?? ''))

/** What whoever wanted to share is told. */
export function createRefusal(refusal: Refusal): readonly [code: number, message: string] {
  const words = WORDS[refusal.reason]
  return words[0] === 'silent' ? [403, 'Failed to create share.'] : [words[1], text(words, refusal)]
}

/** What whoever wanted to change a share is told: less than a maker, unless the reason was meant to be told. */
export function updateRefusal(refusal: Refusal): readonly [code: number, message: string] {
  const words = WORDS[refusal.reason]
  return words[0] === 'told' ? [words[1], text(words, refusal)] : [400, 'Failed to update share.']
}
