import type { Reason, Refusal } from '#world/sharing/shares.ts'

/** How the real server says a refusal: as a hint for the caller, as a wrong argument, or only that it failed. */
type RefusalMessage = readonly [how: 'hint' | 'argument' | 'silent', code: number, text: string]

const MESSAGES: Readonly<Record<Reason, RefusalMessage>> = {
  'sharing-off': ['silent', 403, ''],
  'recipient-no-user': ['argument', 403, 'Share recipient is not a valid user'],
  'recipient-no-group': ['argument', 403, 'Share recipient is not a valid group'],
  'recipient-missing': ['argument', 403, 'Share recipient should not be empty'],
  'with-yourself': ['argument', 403, 'Cannot share with yourself'],
  'node-gone': ['argument', 403, 'Shared path must be set'],
  root: ['argument', 403, 'You cannot share your root folder'],
  'not-shareable': ['hint', 404, 'You are not allowed to share %s'],
  'bad-permissions': ['argument', 403, 'Valid permissions are required for sharing'],
  'file-permissions': ['argument', 403, 'File shares cannot have create or delete permissions'],
  'more-than-own': ['hint', 404, 'Cannot increase permissions of %s'],
  'no-read': ['argument', 403, 'Shares need at least read permissions'],
  'other-groups': ['silent', 403, ''],
  'contains-shares': ['argument', 403, 'You cannot share a folder that contains other shares'],
  'with-owner': ['argument', 403, 'Cannot share with the share owner'],
  'groups-off': ['silent', 403, ''],
  'links-off': ['silent', 403, ''],
  'upload-off': ['argument', 403, 'Public upload is not allowed'],
  'already-shared': ['silent', 403, ''],
  'password-needed': ['argument', 403, 'Passwords are enforced for link and mail shares'],
  'password-weak': ['hint', 400, '%s'],
  'expiry-past': ['hint', 404, 'Expiration date is in the past'],
  'expiry-needed': ['argument', 403, 'Expiration date is enforced'],
  'expiry-too-late': ['hint', 404, 'Cannot set expiration date more than %s in the future'],
  'no-cloud-id': ['argument', 403, '%s'],
  'remote-failed': ['silent', 403, ''],
}

const text = ([, , message]: RefusalMessage, { reason, about }: Refusal) =>
  message.replace('%s', reason === 'expiry-too-late' ? `${about} ${about === 1 ? 'day' : 'days'}` : String(about ?? ''))

/** The failure of creating a share. */
export function createFailure(refusal: Refusal): readonly [code: number, message: string] {
  const message = MESSAGES[refusal.reason]
  return message[0] === 'silent' ? [403, 'Failed to create share.'] : [message[1], text(message, refusal)]
}

/** The failure of updating a share, which says why only where the reason is a hint. */
export function updateFailure(refusal: Refusal): readonly [code: number, message: string] {
  const message = MESSAGES[refusal.reason]
  return message[0] === 'hint' ? [message[1], text(message, refusal)] : [400, 'Failed to update share.']
}
