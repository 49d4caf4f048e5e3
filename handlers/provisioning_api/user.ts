import { defineEndpoint, s } from '#app/index.ts'
import { byRelease } from '#lib/releases.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as users from '#world/accounts/users.ts'
import * as apps from '#world/settings/apps.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { administers, userData, userSchema } from './user-data.ts'

const fieldsSchema = s.list(s.string())

export const getCurrentUser = defineEndpoint({
  id: 'provisioning_api-users-get-current-user',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/user',
  access: 'user',
  summary: 'Details of the caller, with who may see each field',
  output: userSchema,
  handle: (args) => args.ok(userData(args, users.find(args.world, args.me)!, true)),
})

export const getEnabledApps = defineEndpoint({
  id: 'provisioning_api-users-get-enabled-apps',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/user/apps',
  since: 32,
  access: 'at-least-subadmin',
  summary: 'Ids of the apps that are enabled for the caller',
  output: s.object({ apps: fieldsSchema }),
  handle: ({ world, me, ok }) => ok({ apps: apps.enabled(world).filter((app) => apps.isEnabledFor(world, app, me)) }),
})

export const getEditableFields = defineEndpoint({
  id: 'provisioning_api-users-get-editable-fields',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/user/fields',
  access: 'user',
  summary: 'Names of the fields that the caller may edit',
  output: fieldsSchema,
  handle: ({ world, ok }) => ok(editableFields(world)),
})

export const getEditableFieldsForUser = defineEndpoint({
  id: 'provisioning_api-users-get-editable-fields-for-user',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/user/fields/{userId}',
  access: 'user',
  summary: 'Names of the fields of an account that may be edited',
  output: fieldsSchema,
  failures: { 998: '' },
  probe: { userId: '$me' },
  handle: ({ world, me, input, ok, fail }) => {
    const user = users.find(world, input.userId)
    if (!user || !administers({ world, me }, user.id)) fail(998)
    return ok(editableFields(world))
  },
})

function editableFields(world: World): string[] {
  return FIELDS.at(world.release).filter((field) => canEdit(world, field))
}

const FIRST_FIELDS = 'displayname email additional_mail phone address website twitter'
const LAST_FIELDS = 'fediverse organisation role headline biography profile_enabled'

/** Fields of accounts that can be edited, in the order in which they are named. */
const FIELDS = byRelease<readonly string[]>(`${FIRST_FIELDS} ${LAST_FIELDS}`.split(' '), {
  32: `${FIRST_FIELDS} bluesky ${LAST_FIELDS} pronouns`.split(' '),
  34: [...accounts.FIELDS.filter((field) => field !== 'avatar'), 'additional_mail'],
})

/** Whether the owner of an account may edit a field: names and addresses can be locked in `config.php`. */
export function canEdit(world: World, field: string): boolean {
  const nameAllowed = getSystem(world, 'allow_user_to_change_display_name', true)
  if (field === 'displayname') return nameAllowed
  return field === 'email' ? getSystem(world, 'allow_user_to_change_email', nameAllowed) : true
}
