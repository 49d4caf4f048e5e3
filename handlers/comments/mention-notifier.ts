import { defineNotifier } from '#app/notifier.ts'
import { type RichObject, toPlainText } from '#app/rich-text.ts'
import * as users from '#world/accounts/users.ts'
import * as comments from '#world/files/comments.ts'
import * as files from '#world/files/files.ts'
import type { World } from '#world/world.ts'
import { withMentions } from './with-mentions.ts'

/** Tells accounts where a comment names them, as long as they see the file. */
export const mentionNotifier = defineNotifier(({ app, subject, objectId, userId }, { world, baseUrl }) => {
  if (app !== 'comments' || subject !== 'mention') return 'unknown'
  const comment = comments.find(world, Number(objectId))
  if (!comment) return 'unknown'
  const entry = files.entryOf(world, userId, Number(comment.objectId))
  if (!entry) return 'processed'
  const file = {
    type: 'file',
    id: comment.objectId,
    name: files.baseName(entry.path),
    path: entry.path.slice(1),
    link: `${baseUrl}/index.php/f/${comment.objectId}`,
  }
  const author = users.find(world, comment.actorId)
  const subjectRich = author
    ? '{user} mentioned you in a comment on "{file}"'
    : 'You were mentioned on "{file}", in a comment by an account that has since been deleted'
  const subjectRichParameters: Record<string, RichObject> = {
    file,
    ...(author ? { user: { type: 'user', id: author.id, name: author.displayName } } : {}),
  }
  const link = `${baseUrl}/index.php/apps/comments/notifications/view/${comment.id}`
  return {
    subject: toPlainText(subjectRich, subjectRichParameters)!,
    subjectRich,
    subjectRichParameters,
    ...richMessage(world, comment.message),
    icon: `${baseUrl}/core/img/actions/comment.svg`,
    link,
    actions: [{ label: 'Go to file', link, type: 'WEB', primary: true }],
  }
})

function richMessage(world: World, message: string) {
  const mentioned = comments.mentions(world, message).map((id) => users.find(world, id)!)
  const { text: messageRich, parameters } = withMentions(message, mentioned, 'mention-user')
  return { messageRich, messageRichParameters: parameters, message: toPlainText(messageRich, parameters)! }
}
