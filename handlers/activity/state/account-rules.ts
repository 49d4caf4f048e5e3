import type { JsonObject } from '#lib/json.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { WorldEvent } from '#world/events.ts'
import * as files from '#world/files/files.ts'
import * as homes from '#world/files/homes.ts'
import * as activities from '#world/notices/activities.ts'
import type { World } from '#world/world.ts'
import { tellFile } from './file-rules.ts'

/** The files of an account that comes for the first time. */
export function tellFirstLogin(world: World, userId: string): void {
  homes.open(world, userId)
  for (const { node } of files.list(world, files.resolve(world, userId, '/')!)) {
    if (files.ownerOf(node) === userId) tellFile(world, node.id, userId, 'file_created', 'created')
  }
}

/** A changed password, told apart by who changed it; nobody hears of it who never logged in. */
export function tellPassword(world: World, userId: string, by: string): void {
  if (users.find(world, userId)?.lastLogin === 0) return
  const base = { userId, app: 'settings', type: 'personal_settings', author: by }
  if (by === userId) activities.add(world, { ...base, subject: 'password_changed_self' })
  else if (by === '') activities.add(world, { ...base, subject: 'password_changed' })
  else activities.add(world, { ...base, subject: 'password_changed_by', parameters: [by] })
}

/** A changed address, likewise. */
export function tellEmail(world: World, userId: string, by: string): void {
  if (users.find(world, userId)?.lastLogin === 0) return
  const subject = by === userId ? 'email_changed_self' : 'email_changed'
  activities.add(world, { userId, app: 'settings', type: 'personal_settings', author: by, subject })
}

/** The member hears of it, and before that those who administer the group. */
export function tellGroup(
  world: World,
  { userId: user, groupId: group, by = '' }: WorldEvent<'group.member-added' | 'group.member-removed'>,
  subject: string,
): void {
  const parameters = { user, group, ...(by === '' ? {} : { actor: by }) }
  for (const userId of [...groups.subAdminsOf(world, group), user]) {
    activities.add(world, { userId, app: 'settings', type: 'group_settings', author: by, subject, parameters })
  }
}

/** A new app password. */
export function tellToken(world: World, { id, userId, name, by }: WorldEvent<'token.created'>): void {
  tellOfToken(world, { id, userId, by }, 'app_token_created', { name })
}

const TOKEN_SUBJECTS = {
  deleted: 'app_token_deleted',
  'wipe-cancelled': 'app_token_deleted_wipe_cancelled',
  renamed: 'app_token_renamed',
  'files-granted': 'app_token_filesystem_granted',
  'files-revoked': 'app_token_filesystem_revoked',
} as const

/** What its owner did to an app password. */
export function tellTokenChange(world: World, event: WorldEvent<'token.changed'>): void {
  const { name, newName } = event
  tellOfToken(world, event, TOKEN_SUBJECTS[event.change], newName === undefined ? { name } : { name, newName })
}

function tellOfToken(
  world: World,
  { id, userId, by }: { readonly id: number; readonly userId: string; readonly by?: string | undefined },
  subject: string,
  parameters: JsonObject,
): void {
  const about = { objectType: 'app_token', objectId: id }
  activities.add(world, {
    userId,
    app: 'settings',
    type: 'security',
    author: by ?? userId,
    subject,
    parameters,
    ...about,
  })
}
