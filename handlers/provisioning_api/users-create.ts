import { defineEndpoint, p, s } from '#app/index.ts'
import { ID_TEXTS, idText, policyText } from '#app/problem-texts.ts'
import { trim } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as appdata from '#world/files/appdata.ts'
import { getApp } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { type EditContext, editField } from './edit-field.ts'

/** Letters and digits that nobody confuses. */
const READABLE = 'abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789'

const GROUP = byRelease('group', { 32: 'Group' })
const INSUFFICIENT = byRelease('insufficient', { 32: 'Insufficient' })

/** Whether a group that there is not has a code of its own where it was to be administered. */
const HAS_109 = byRelease(false, { 32: true })
const NO_GROUP_TO_ADMINISTER = 'Subadmin group does not exist'

/** The code of what is refused about an account that was made already. */
const REFUSED_FIELD = byRelease<101 | 102>(102, { 32: 101 })

export const addUser = defineEndpoint({
  id: 'provisioning_api-users-add-user',
  app: 'provisioning_api',
  method: 'POST',
  path: '/cloud/users',
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Create an account',
  input: {
    userid: p.string(),
    password: p
      .string()
      .secret()
      .default('')
      .describe('May be left out with an address: then a link to set one is sent'),
    displayName: p.string().default(''),
    email: p.string().default(''),
    groups: p.array().default([]).describe('Ids of the groups it is in; a sub-administrator must name some'),
    subadmin: p.array().default([]).describe('Ids of the groups it administers'),
    quota: p.string().default(''),
    language: p.string().default(''),
    manager: p.string().orNull(),
  },
  output: s.object({ id: s.string() }),
  failures: {
    101: [...ID_TEXTS, 'A valid password must be provided', 'Invalid password value'],
    102: 'User already exists',
    103: byRelease('Cannot create subadmins for admin group', { 32: 'Cannot create sub-admins for admin group' }),
    104: byRelease('group … does not exist', { 32: 'Group … does not exist' }),
    105: byRelease('insufficient privileges for group …', { 32: 'Insufficient privileges for group …' }),
    106: byRelease('no group specified (required for subadmins)', {
      32: 'No group specified (required for sub-admins)',
    }),
    107: 'Password needs to be at least 10 characters long.',
    108: byRelease('To send a password link to the user an email address is required.', {
      32: 'An email address is required, to send a password link to the user.',
    }),
    109: byRelease<string | null>(null, { 32: 'Sub-admin group does not exist' }),
    110: 'Required email address was not provided',
    403: 'No permissions to promote sub-admins',
  },
  notImplemented: ['No mail is sent'],
  handle: async (args) => {
    const { world, me, input, ok, fail } = args
    const isAdmin = groups.isAdmin(world, me)
    const userId = wantsId(world, input.userid) ? newId(world) : input.userid
    if (users.find(world, userId)) return fail(102)

    const memberOf = Object.values(input.groups).map(String)
    if (memberOf.length === 0 && !isAdmin) return fail(106)
    for (const groupId of memberOf) {
      if (!groups.find(world, groupId)) return fail(104, `${GROUP.at(world.release)} ${groupId} does not exist`)
      if (!isAdmin && !groups.isSubAdminOf(world, groupId, me)) {
        return fail(105, `${INSUFFICIENT.at(world.release)} privileges for group ${groupId}`)
      }
    }
    const administers = Object.values(input.subadmin).map(String)
    for (const groupId of administers) {
      if (!groups.find(world, groupId)) return HAS_109.at(world.release) ? fail(109) : fail(102, NO_GROUP_TO_ADMINISTER)
      if (groupId === groups.ADMIN) return fail(103)
      if (!isAdmin && !groups.isSubAdminOf(world, groupId, me)) return fail(403)
    }
    if (users.isPasswordTooLong(input.password)) return fail(101, 'Invalid password value')
    if (input.password === '' && input.email === '') return fail(108)
    const email = trim(input.email).toLowerCase()
    if (email === '' && getApp(world, 'core', 'newUser.requireEmail', 'no') === 'yes') return fail(110)

    const failure =
      (await createAccount(args, userId, input.password)) ??
      (await fillAccount(args, userId, { ...input, memberOf, administers }))
    if (failure) return fail(failure.code, failure.message)
    if (email !== '') {
      users.setEmail(world, users.find(world, userId)!, email)
      if (getApp(world, 'core', 'newUser.sendEmail', 'yes') === 'yes') appdata.writeMail(world)
    }
    return ok({ id: userId })
  },
})

interface Failure {
  readonly code: 101 | 102 | 107
  readonly message: string
}

async function createAccount(context: EditContext, id: string, chosenPassword: string): Promise<Failure | null> {
  const { world } = context
  const password = chosenPassword === '' ? world.random.token(16, READABLE) : chosenPassword
  const problem = users.checkId(world, id)
  if (problem) return { code: 101, message: idText(problem, world) }
  if (trim(password) === '') return { code: 101, message: 'A valid password must be provided' }
  const refused = chosenPassword === '' ? null : await policyText(context, password)
  if (refused !== null) return { code: 107, message: refused }
  users.add(world, { id, password })
  return null
}

interface Filling {
  readonly memberOf: readonly string[]
  readonly administers: readonly string[]
  readonly displayName: string
  readonly quota: string
  readonly language: string
  readonly manager: string | null
}

/** What a new account gets one after the other. A name that is refused takes the account back, nothing else does. */
async function fillAccount(context: EditContext, id: string, filling: Filling): Promise<Failure | null> {
  const { world } = context
  for (const groupId of filling.memberOf) groups.addMember(world, groupId, id)
  for (const groupId of filling.administers) groups.addSubAdmin(world, groupId, id)
  const edits: [key: string, value: string | null][] = [
    ['display', filling.displayName || null],
    ['quota', filling.quota || null],
    ['language', filling.language || null],
    ['manager', filling.manager],
  ]
  for (const [key, value] of edits) {
    const failure = value === null ? null : await editField(context, users.find(world, id)!, key, value)
    if (!failure) continue
    if (key === 'display') users.remove(world, id)
    return {
      code: key === 'display' ? 101 : REFUSED_FIELD.at(world.release),
      message: 'crash' in failure ? failure.crash : failure.message,
    }
  }
  return null
}

const wantsId = (world: World, chosenId: string) =>
  (chosenId === '' || chosenId === '0') && getApp(world, 'core', 'newUser.generateUserID', 'no') === 'yes'

function newId(world: World): string {
  const id = world.random.token(10, READABLE)
  return users.find(world, id) ? newId(world) : id
}
