import { defineNotifier, type NotifierContext } from '#app/notifier.ts'
import { memberOf } from '#app/rich-text.ts'
import type { Json } from '#lib/json.ts'
import type { PhpArray } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'

/** What people are told about files that change their owner. */
export const transferNotifier = defineNotifier(({ app, subject, objectId, subjectParameters }, context) => {
  if (app !== 'files') return 'unknown'
  const icon = `${context.baseUrl}/apps/files/img/folder-move.svg`
  const parameters = { from: text(subjectParameters, 'sourceUser'), to: text(subjectParameters, 'targetUser') }
  const name = text(subjectParameters, 'nodeName')
  const path = { type: 'highlight', id: `${parameters.to}::${name}`, name }
  if (subject === 'transferownershipRequest') return { icon, ...request(context, parameters.from, path, objectId) }
  if (subject !== 'transferownershipRequestDenied') return 'unknown'
  const user = userObject(context, parameters.to)
  return {
    icon,
    subject: 'Ownership transfer denied',
    subjectRich: 'Ownership transfer denied',
    subjectRichParameters: {},
    message: `Your ownership transfer of ${name} was denied by @${user.name}.`,
    messageRich: 'Your ownership transfer of {path} was denied by {user}.',
    messageRichParameters: { path, user },
  }
})

function request(context: NotifierContext, from: string, path: PhpArray & { name: string }, id: string) {
  const user = userObject(context, from)
  const link = `${context.baseUrl}/ocs/v2.php/apps/files/api/v1/transferownership/${id}`
  const rest = '\n\nNote: The transfer process after accepting may take up to 1 hour.'
  return {
    subject: `Incoming ownership transfer from @${user.name}`,
    subjectRich: 'Incoming ownership transfer from {user}',
    subjectRichParameters: { user },
    message: `Do you want to accept ${path.name}?${rest}`,
    messageRich: `Do you want to accept {path}?${rest}`,
    messageRichParameters: { path },
    actions: [
      { label: 'Accept', link, type: 'POST', primary: true },
      { label: 'Reject', link, type: 'DELETE', primary: false },
    ] as const,
  }
}

function userObject({ world }: NotifierContext, userId: string) {
  return { type: 'user', id: userId, name: users.find(world, userId)?.displayName ?? userId }
}

const text = (stored: Json, name: string): string => String(memberOf(stored, name) ?? '')
