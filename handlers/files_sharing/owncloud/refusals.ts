import type * as files from '#world/files/files.ts'
import type { Reason, Refusal } from '#world/sharing/shares.ts'

/** What each refusal is in ownCloud's words; `%s` stands for the path of the file. */
const MESSAGES: Readonly<Record<Reason, readonly [code: 400 | 403 | 404, message: string]>> = {
  'sharing-off': [403, 'You are not allowed to share'],
  'recipient-no-user': [403, 'SharedWith is not a valid user'],
  'recipient-no-group': [403, 'SharedWith is not a valid group'],
  'recipient-missing': [403, 'SharedWith should not be empty'],
  'with-yourself': [403, `Can't share with yourself`],
  'node-gone': [403, 'Path should be set'],
  root: [403, `You can't share your root folder`],
  'not-shareable': [404, 'You are not allowed to share %s'],
  'bad-permissions': [403, 'invalid permissions'],
  'file-permissions': [403, 'File shares cannot have create or delete permissions'],
  'more-than-own': [404, 'Cannot increase permissions of %s'],
  'no-read': [403, 'Shares need at least read permissions'],
  'other-groups': [403, 'Only sharing with group members is allowed'],
  'contains-shares': [403, 'Path contains files shared with you'],
  'with-owner': [403, `Can't share with the share owner`],
  'groups-off': [403, 'Group sharing is now allowed'],
  'links-off': [403, 'Link sharing not allowed'],
  'upload-off': [403, 'Public upload not allowed'],
  'already-shared': [403, 'Path already shared with this user'],
  'password-needed': [403, 'Passwords are enforced for link shares'],
  'password-weak': [403, '%s'],
  'expiry-past': [404, 'Expiration date is in the past'],
  'expiry-needed': [403, 'Expiration date is enforced'],
  'expiry-too-late': [404, 'Cannot set expiration date more than %s days in the future'],
  'no-cloud-id': [403, 'Invalid Federated Cloud ID'],
  'remote-failed': [403, ''],
}

/** The failure of making a share of a file. */
export function createFailure(
  { reason, about }: Refusal,
  { userId, path, node }: files.Entry,
  sharedWith: string | null,
): readonly [code: 400 | 403 | 404, message: string] {
  if (reason === 'remote-failed')
    return [
      403,
      `Sharing ${node.name} failed, could not find ${sharedWith}, maybe the server is currently unreachable.`,
    ]
  const [code, message] = MESSAGES[reason]
  const place =
    reason === 'not-shareable' || reason === 'more-than-own' ? `/${userId}/files${path}` : String(about ?? '')
  return [code, message.replace('%s', place)]
}

/** The failure of changing one. */
export const updateFailure = (refusal: Refusal): string =>
  MESSAGES[refusal.reason][1].replace('%s', String(refusal.about ?? ''))
