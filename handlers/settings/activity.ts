import {
  type ActivityContext,
  type ActivityText,
  defineActivityProvider,
  partsOf,
  userObject,
} from '#app/activity-provider.ts'
import type { RichParameters } from '#app/rich-text.ts'
import { memberOf } from '#app/rich-text.ts'
import type { Json } from '#lib/json.ts'
import * as groups from '#world/accounts/groups.ts'

const ICON = '/apps/settings/img/personal.svg'

const PERSONAL: Readonly<Record<string, string>> = {
  password_changed_by: '{actor} changed your password',
  password_changed_self: 'You changed your password',
  password_changed: 'Your password was reset by an administrator',
  email_changed_self: 'You changed your email address',
  email_changed: 'Your email address was changed by an administrator',
}

/** What happens to an account itself: its password, its address, its groups, its app passwords. */
export const settingsProvider = defineActivityProvider((activity, context) => {
  const { app, subject, parameters } = activity
  if (app !== 'settings') return null
  const personal = PERSONAL[subject]
  if (personal !== undefined) {
    const [actor] = partsOf(parameters)
    return { text: personal, parameters: actor ? { actor: userObject(String(actor), context) } : {}, icon: ICON }
  }
  if (subject === 'group_added' || subject === 'group_removed') return groupChange(subject, parameters, context)
  if (subject !== 'app_token_created') return null
  const who = activity.userId === activity.author ? 'You' : 'An administrator'
  const token = { type: 'highlight', id: String(activity.objectId), name: String(memberOf(parameters, 'name')) }
  return {
    text: `${who} created an app password for a session named "{token}"`,
    parameters: { token },
    icon: ICON,
  }
})

function groupChange(subject: string, told: Json, context: ActivityContext): ActivityText {
  const text = (name: string) => {
    const value = memberOf(told, name)
    return typeof value === 'string' ? value : undefined
  }
  const [user, group, actor] = [text('user'), text('group'), text('actor')]
  const name = groups.find(context.world, group!)?.displayName ?? group!
  const parameters: RichParameters = {
    user: userObject(user!, context),
    group: { type: 'user-group', id: group!, name },
    ...(actor === undefined ? {} : { actor: userObject(actor, context) }),
  }
  const whom = user === context.me ? 'you' : '{user}'
  const who = actor === undefined ? 'An administrator' : actor === context.me && whom !== 'you' ? 'You' : '{actor}'
  const [verb, way] = subject === 'group_added' ? ['added', 'to'] : ['removed', 'from']
  return { text: `${who} ${verb} ${whom} ${way} group {group}`, parameters, icon: ICON }
}
