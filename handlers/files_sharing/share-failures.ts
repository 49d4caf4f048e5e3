import { byRelease } from '#lib/releases.ts'
import { PERMISSION, type Reason, type Refusal, type Share, TYPE } from '#world/sharing/shares.ts'

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

/** As they were up to 31: other words, and nothing is kept back (27.1.10, source). */
const OLD_MESSAGES: Readonly<Record<Reason, RefusalMessage>> = {
  ...MESSAGES,
  'sharing-off': ['argument', 403, 'Sharing is disabled'],
  'recipient-no-user': ['argument', 403, 'SharedWith is not a valid user'],
  'recipient-no-group': ['argument', 403, 'SharedWith is not a valid group'],
  'recipient-missing': ['argument', 403, 'SharedWith should not be empty'],
  'node-gone': ['argument', 403, 'Path should be set'],
  'bad-permissions': ['argument', 403, 'A share requires permissions'],
  'file-permissions': ['hint', 403, 'Files cannot be shared with %s permissions'],
  'other-groups': ['argument', 403, 'Sharing is only allowed with group members'],
  'contains-shares': ['argument', 403, 'Path contains files shared with you'],
  'groups-off': ['argument', 403, 'Group sharing is now allowed'],
  'links-off': ['argument', 403, 'Link sharing is not allowed'],
  'already-shared': ['argument', 403, 'Sharing %s failed, because this item is already shared with user %s'],
  'password-weak': ['argument', 403, '%s'],
}

const MESSAGES_OF = byRelease(OLD_MESSAGES, { 32: MESSAGES })

/** What was to be shared with whom. */
interface Attempt {
  readonly release: number
  readonly file: string
  readonly share: Pick<Share, 'type' | 'sharedWith' | 'permissions'>
}

/** The failure of creating a share. */
export function createFailure(refusal: Refusal, attempt: Attempt): readonly [code: number, message: string] {
  const [how, code, text] = MESSAGES_OF.at(attempt.release)[refusal.reason]
  return how === 'silent' ? [403, 'Failed to create share.'] : [code, filled(text, refusal, attempt)]
}

/** The failure of updating a share, which says why only where the reason is a hint; up to 31 always. */
export function updateFailure(refusal: Refusal, attempt: Attempt): readonly [code: number, message: string] {
  const [how, code, text] = MESSAGES_OF.at(attempt.release)[refusal.reason]
  if (how === 'hint') return [code, filled(text, refusal, attempt)]
  return [
    400,
    SAYS_WHY.at(attempt.release) && how === 'argument' ? filled(text, refusal, attempt) : 'Failed to update share.',
  ]
}

const SAYS_WHY = byRelease(true, { 32: false })

function filled(text: string, { reason, about }: Refusal, { file, share }: Attempt): string {
  if (reason === 'already-shared') return text.replace('%s', file).replace('%s', share.sharedWith ?? '')
  if (reason === 'file-permissions')
    return text.replace('%s', (share.permissions & PERMISSION.delete) === 0 ? 'create' : 'delete')
  if (reason === 'other-groups' && share.type === TYPE.group)
    return text.replace('with group members', 'within your own groups')
  return text.replace(
    '%s',
    reason === 'expiry-too-late' ? `${about} ${about === 1 ? 'day' : 'days'}` : String(about ?? ''),
  )
}
