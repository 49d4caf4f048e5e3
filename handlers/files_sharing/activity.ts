import { defineActivityProvider, fileObject, partsOf, userObject } from '#app/activity-provider.ts'
import type { RichParameters } from '#app/rich-text.ts'
import * as groups from '#world/accounts/groups.ts'

/** What a subject reads like in a stream of many files, and in that of one; then what its further parameters are. */
type ShareTexts = readonly [long: string, short: string, ...parameters: ('user' | 'actor' | 'group')[]]

const SHARE_TEXTS: Readonly<Record<string, ShareTexts>> = {
  shared_user_self: ['You shared {file} with {user}', 'Shared with {user}', 'user'],
  unshared_user_self: ['You removed {user} from {file}', 'Removed share for {user}', 'user'],
  self_unshared: ['You removed yourself from {file}', 'You removed yourself', 'actor'],
  self_unshared_by: ['{actor} removed themselves from {file}', '{actor} removed themselves', 'actor'],
  reshared_user_by: ['{actor} shared {file} with {user}', '{actor} shared with {user}', 'actor', 'user'],
  unshared_user_by: ['{actor} removed {user} from {file}', '{actor} removed share for {user}', 'actor', 'user'],
  shared_with_by: ['{actor} shared {file} with you', 'Shared by {actor}', 'actor'],
  unshared_by: ['{actor} removed you from the share named {file}', '{actor} removed share', 'actor'],
  shared_group_self: ['You shared {file} with group {group}', 'Shared with group {group}', 'group'],
  unshared_group_self: ['You removed group {group} from {file}', 'Removed share for group {group}', 'group'],
  reshared_group_by: [
    '{actor} shared {file} with group {group}',
    '{actor} shared with group {group}',
    'actor',
    'group',
  ],
  unshared_group_by: [
    '{actor} removed group {group} from {file}',
    '{actor} removed share for group {group}',
    'actor',
    'group',
  ],
  shared_link_self: ['You shared {file} as public link', 'Shared as public link'],
  unshared_link_self: ['You removed public link for {file}', 'Removed public link'],
  reshared_link_by: ['{actor} shared {file} as public link', '{actor} shared as public link', 'actor'],
  unshared_link_by: ['{actor} removed public link for {file}', '{actor} removed public link', 'actor'],
}

/** Who shared what with whom. */
export const sharingProvider = defineActivityProvider((activity, context) => {
  const words = activity.app === 'files_sharing' ? SHARE_TEXTS[activity.subject] : undefined
  if (!words) return null
  const [long, short, ...roles] = words
  const [file, ...named] = partsOf(activity.parameters)
  const objects = roles.map((role, i) => {
    const id = String(named[i])
    const group = () => ({
      type: 'user-group',
      id,
      name: groups.find(context.world, id)?.displayName ?? id,
    })
    return [role, role === 'group' ? group() : userObject(id, context)] as const
  })
  // Whom something is shared with is named before who shared it.
  const parameters: RichParameters = { file: fileObject(file, context), ...Object.fromEntries(objects.reverse()) }
  const isShort = context.isAbout(activity.objectType, activity.objectId)
  return { text: isShort ? short : long, parameters, icon: '/core/img/actions/share.svg' }
})
