import { defineEndpoint, type Failures, type HandlerArguments, p, s } from '#app/index.ts'
import { quotaText } from '#app/problem-texts.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { trim } from '#lib/php.ts'
import type { ParamShape } from '#line/params.ts'
import { regions } from '#profiles/keys.ts'
import { isEmail } from '#world/accounts/email.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { readQuota } from '#world/files/quota.ts'
import { getSystem } from '#world/settings/config.ts'
import { editPassword } from './edit-field.ts'
import { canEdit } from './user.ts'
import { administers, userData, userSchema } from './user-data.ts'

const errorsSchema = s.object({ errors: s.record(s.string()) })

const INPUT = {
  displayName: p.string().orNull(),
  password: p.string().secret().orNull(),
  email: p.string().orNull(),
  quota: p.string().orNull(),
  language: p.string().orNull(),
  manager: p.string().orNull(),
  groups: p.array().orNull(),
  subadminGroups: p.array().orNull(),
}

interface UserChanges {
  readonly displayName: string | null
  readonly password: string | null
  readonly email: string | null
  readonly quota: string | null
  readonly language: string | null
  readonly manager: string | null
  readonly groups: readonly string[] | null
  readonly subadminGroups: readonly string[] | null
}

type Context = Pick<HandlerArguments<string, ParamShape, Failures>, 'world' | 'profile' | 'me'>

export const editUserMultiField = defineEndpoint({
  id: 'provisioning_api-users-edit-user-multi-field',
  app: 'provisioning_api',
  method: 'PATCH',
  path: '/cloud/users/{userId}',
  since: 34,
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Change several fields of an account, all or none',
  input: INPUT,
  output: userSchema,
  responses: { 422: errorsSchema },
  failures: { 403: 'Insufficient permissions to edit this user', 998: '' },
  probe: { userId: '$me' },
  handle: async (args) => {
    const { world, input, ok, respond, fail, crash } = args
    const user = users.find(world, input.userId)
    if (!user) return fail(998)
    if (!administers(args, user.id)) return fail(403)
    const changes: UserChanges = { ...input, groups: ids(input.groups), subadminGroups: ids(input.subadminGroups) }
    const errors = await findErrors(args, user, changes)
    if (Object.keys(errors).length > 0) return respond(422, { errors })

    // The password is the one thing that can still be refused, so it comes before everything else.
    const refused = changes.password === null ? null : await editPassword(args, user, changes.password)
    if (refused) return respond(422, { errors: { password: 'message' in refused ? refused.message : '' } })
    if (applyFields(args, users.find(world, user.id)!, changes, input.userId) === 'crash') return crash()
    applyGroups(args, user.id, changes)
    return ok(userData(args, users.find(world, user.id)!))
  },
})

const ids = (value: readonly Json[] | JsonObject | null) => value && Object.values(value).map(String)

/** Everything that is wrong with what is wanted, by field. */
async function findErrors(context: Context, user: users.User, changes: UserChanges): Promise<Record<string, string>> {
  const { world, me } = context
  const isAdmin = groups.isAdmin(world, me)
  const isSelf = user.id === me
  const editsAsOther = isAdmin || !isSelf
  const errors: Record<string, string | null> = {}
  if (changes.displayName !== null && isSelf && !canEdit(world, 'displayname')) {
    errors.displayName = 'Cannot change display name for this user'
  }
  if (changes.password !== null && users.isPasswordTooLong(changes.password)) errors.password = 'Invalid password value'
  if (changes.email && !isEmail(changes.email)) errors.email = 'Invalid email address'
  if (changes.language !== null) errors.language = await languageError(context, isAdmin, changes.language)
  if (changes.quota !== null) errors.quota = quotaError(context, editsAsOther, changes.quota)
  if (changes.groups) errors.groups = groupsError(context, isAdmin, changes.groups, 'groups')
  if (changes.subadminGroups) {
    errors.subadminGroups = groupsError(context, isAdmin, changes.subadminGroups, 'sub-admin groups')
  }
  if (changes.manager !== null && !editsAsOther) errors.manager = 'Insufficient permissions to change manager'
  return Object.fromEntries(Object.entries(errors).filter((entry): entry is [string, string] => entry[1] !== null))
}

async function languageError({ world, profile }: Context, isAdmin: boolean, language: string): Promise<string | null> {
  if (!isAdmin && getSystem<string | false>(world, 'force_language', false) !== false) {
    return 'Language change is not allowed on this instance'
  }
  const { languages } = await regions.load(profile)
  return languages.includes(language) ? null : 'Invalid language'
}

function quotaError({ world }: Context, allowed: boolean, value: string): string | null {
  if (!allowed) return 'Insufficient permissions to change quota'
  const read = readQuota(world, value)
  return typeof read === 'string' ? quotaText(read, value, world) : null
}

function groupsError({ world }: Context, allowed: boolean, wanted: readonly string[], what: string): string | null {
  if (!allowed) return `Insufficient permissions to change ${what}`
  const unknown = wanted.find((groupId) => !groups.find(world, groupId))
  return unknown === undefined ? null : `Group ${unknown} does not exist`
}

/**
 * An exception of a setter leaves what was set before it.
 * @param userId how the account was named in the request; no name at all makes this its name
 */
function applyFields({ world }: Context, user: users.User, changes: UserChanges, userId: string): 'crash' | 'done' {
  const name = changes.displayName === '' ? userId : changes.displayName
  if (name !== null && users.setDisplayName(world, user, name) === 'too-long') return 'crash'
  const current = () => users.find(world, user.id)!
  if (changes.email !== null) users.setEmail(world, current(), trim(changes.email))
  if (changes.quota !== null) {
    const read = readQuota(world, changes.quota)
    if (typeof read === 'string' || read.quota === '?') return 'crash'
    users.setQuota(world, current(), read.quota)
  }
  if (changes.language !== null) users.patch(world, user.id, { language: changes.language })
  if (changes.manager !== null) {
    users.setManagers(world, current(), changes.manager === '' || changes.manager === '0' ? [] : [changes.manager])
  }
  return 'done'
}

function applyGroups({ world }: Context, userId: string, changes: UserChanges): void {
  if (changes.groups) {
    const current = groups.groupsOf(world, userId)
    for (const groupId of without(current, changes.groups)) groups.removeMember(world, groupId, userId)
    for (const groupId of without(changes.groups, current)) groups.addMember(world, groupId, userId)
  }
  if (changes.subadminGroups) {
    const current = groups.subAdminGroupsOf(world, userId)
    for (const groupId of without(current, changes.subadminGroups)) groups.removeSubAdmin(world, groupId, userId)
    for (const groupId of without(changes.subadminGroups, [...current, groups.ADMIN])) {
      groups.addSubAdmin(world, groupId, userId)
    }
  }
}

const without = (all: readonly string[], some: readonly string[]) => all.filter((id) => !some.includes(id))
