import { defineNotifier } from '#app/notifier.ts'
import { type RichObject, toPlainText } from '#app/rich-text.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { Notification } from '#world/notices/notifications.ts'
import * as shares from '#world/sharing/shares.ts'
import { type Share, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** Asks accounts whether they want what others share with them, as long as they have not said so. */
export const shareNotifier = defineNotifier((notification, { world, baseUrl }) => {
  const { app, objectType, objectId } = notification
  if (app !== 'files_sharing' || objectType !== 'share') return 'unknown'
  const found = shares.find(world, Number(objectId.replace(/^ocinternal:/, '')))
  const share = found && shares.received.asSeenBy(world, found, notification.userId)
  if (!share || share.accepted || !shares.nodeOf(world, share) || !reaches(world, share, notification))
    return 'processed'
  const by = users.find(world, share.sharedBy)
  if (!by) return 'unknown'
  const group = share.type === TYPE.group ? groups.find(world, share.sharedWith!) : undefined
  const subjectRich = `You received {share}${group ? ' to group {group}' : ''} as a share by {user}`
  const subjectRichParameters: Record<string, RichObject> = {
    share: { type: 'highlight', id: objectId, name: share.target! },
    ...(group ? { group: { type: 'user-group', id: group.id, name: group.displayName } } : {}),
    user: { type: 'user', id: by.id, name: by.displayName },
  }
  const link = `${baseUrl}/ocs/v2.php/apps/files_sharing/api/v1/shares`
  return {
    subject: toPlainText(subjectRich, subjectRichParameters)!,
    subjectRich,
    subjectRichParameters,
    icon: `${baseUrl}/core/img/actions/share.svg`,
    actions: [
      { label: 'Accept', link: `${link}/pending/${share.id}`, type: 'POST', primary: true },
      { label: 'Decline', link: `${link}/${share.id}`, type: 'DELETE', primary: false },
    ],
  }
})

/** Whether a share is still one with the account that was told of it, which has not left it. */
function reaches(world: World, share: Share, { userId, subject }: Notification): boolean {
  if (subject === 'incoming_user_share') return share.sharedWith === userId
  return share.permissions !== 0 && groups.isMember(world, share.sharedWith ?? '', userId)
}
