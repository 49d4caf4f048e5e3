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
  const text = subject === 'app_token_created' ? created(activity.userId === activity.author) : TOKENS[subject]
  if (text === undefined) return null
  const highlight = (name: Json) => ({ type: 'highlight', id: String(activity.objectId), name: String(name) })
  const newName = memberOf(parameters, 'newName')
  const named = newName === undefined ? {} : { newToken: highlight(newName) }
  return { text, parameters: { token: highlight(memberOf(parameters, 'name') ?? ''), ...named }, icon: ICON }
})

const created = (isOwn: boolean) =>
  `${isOwn ? 'You' : 'An administrator'} created an app password for a session named "{token}"`

const TOKENS: Readonly<Record<string, string>> = {
  app_token_deleted: 'You deleted app password "{token}"',
  app_token_deleted_wipe_cancelled: 'You deleted app password "{token}" and cancelled its pending remote wipe',
  app_token_renamed: 'You renamed app password "{token}" to "{newToken}"',
  app_token_filesystem_granted: 'You granted filesystem access to app password "{token}"',
  app_token_filesystem_revoked: 'You revoked filesystem access from app password "{token}"',
}

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
