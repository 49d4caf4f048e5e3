import { type ActivityText, defineActivityProvider, fileObject, userObject } from '#app/activity-provider.ts'
import type { RichParameters } from '#app/rich-text.ts'
import { isJsonObject } from '#lib/json.ts'
import * as users from '#world/accounts/users.ts'
import * as comments from '#world/files/comments.ts'
import type { World } from '#world/world.ts'
import { withMentions } from './with-mentions.ts'

/** Who commented on which file, and what is said there by now. */
export const commentProvider = defineActivityProvider((activity, context) => {
  const { app, subject, parameters, objectType, objectId, author: by } = activity
  if (app !== 'comments' || subject !== 'add_comment_subject' || !isJsonObject(parameters)) return null
  const isOwn = by === context.me
  const who = isOwn ? 'You' : '{author}'
  const author: RichParameters = isOwn ? {} : { author: userObject(by, context) }
  const told = { icon: '/core/img/actions/comment.svg', ...messageOf(context.world, Number(parameters.commentId)) }
  if (context.isAbout(objectType, objectId)) return { ...told, text: `${who} commented`, parameters: author }
  const file = fileObject({ id: objectId, path: parameters.path! }, context)
  return {
    ...told,
    text: `${who} commented on {file}`,
    parameters: { ...author, file },
    plain: `${isOwn ? 'You' : author.author!.name} commented on ${file.path}`,
  }
})

/** A comment that is gone says nothing any more. */
function messageOf(world: World, commentId: number): Pick<ActivityText, 'message'> {
  const comment = comments.find(world, commentId)
  if (!comment) return {}
  const mentioned = comments.mentions(world, comment.message).map((id) => users.find(world, id)!)
  return { message: { ...withMentions(comment.message, mentioned, 'mention'), plain: comment.message } }
}
