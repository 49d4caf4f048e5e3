import { defineEndpoint, p, s } from '#app/index.ts'
import { byRelease } from '#lib/releases.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { editField } from './edit-field.ts'
import { canEdit } from './user.ts'
import { administers } from './user-data.ts'

/** Fields that administrators may change of others. Scopes and birthdays are everyone's own business. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  'display',
  'additional_mail',
  'password',
  'language',
  'locale',
  'timezone',
  'first_day_of_week',
  'quota',
  'notify_email',
  'manager',
  ...accounts.FIELDS.filter((field) => field !== 'avatar' && field !== 'birthdate'),
])

export const editUser = defineEndpoint({
  id: 'provisioning_api-users-edit-user',
  app: 'provisioning_api',
  method: 'PUT',
  path: '/cloud/users/{userId}',
  access: 'user',
  passwordConfirmation: true,
  summary: 'Change one field of an account',
  input: {
    key: p.string().describe('Name of the field; with `Scope` behind it, who may see the field'),
    value: p.string(),
  },
  output: s.empty(),
  failures: {
    101: [
      '',
      'Invalid displayname',
      'Invalid password value',
      'Invalid language',
      'Invalid locale',
      'Invalid timezone',
      'Invalid first day of week',
      'Invalid scope',
      'Invalid Invalid scope',
      'Invalid phone',
      'Invalid quota value: …',
      'Invalid quota value. … is exceeding the maximum quota',
      'Unlimited quota is forbidden on this instance',
    ],
    107: 'Password needs to be at least 10 characters long.',
    102: byRelease<string | null>('', { 32: null }),
    103: byRelease<string | null>('', { 32: null }),
    113: byRelease<string | null>(null, { 32: '' }),
    998: '',
  },
  probe: { userId: '$me', key: 'headline', value: 'Written by ocs-mock' },
  notImplemented: ['Accounts in the Fediverse are not looked up'],
  handle: async (args) => {
    const { world, me, input, ok, fail, crash } = args
    const user = users.find(world, input.userId)
    if (!user || !administers(args, user.id)) return fail(998)
    if (!(user.id === me ? mayEditOwn(world, me, input.key) : OF_OTHERS.has(input.key))) {
      return fail(codeOf(113, world))
    }
    const failure = await editField(args, user, input.key, input.value)
    if (failure === null) return ok()
    if ('crash' in failure) return crash()
    const code = failure.code as Code
    return fail(failure.inAllReleases ? code : codeOf(code, world), failure.message)
  },
})

type Code = 101 | 102 | 103 | 107 | 113

/** Codes that had other numbers. */
const OTHER_CODES = byRelease<Readonly<Partial<Record<Code, Code>>>>({ 101: 102, 107: 103, 113: 103 }, { 32: {} })

const codeOf = (code: Code, world: World): Code => OTHER_CODES.at(world.release)[code] ?? code

function mayEditOwn(world: World, me: string, key: string): boolean {
  const isAdmin = groups.isAdmin(world, me)
  switch (key) {
    case 'display':
      return canEdit(world, 'displayname')
    case 'additional_mail':
    case 'password':
    case 'notify_email':
    case 'timezone':
      return true
    case 'language':
      return isAdmin || getSystem<string | false>(world, 'force_language', false) === false
    case 'locale':
    case 'first_day_of_week':
      return isAdmin || getSystem<string | false>(world, 'force_locale', false) === false
    case 'quota':
    case 'manager':
      return isAdmin
  }
  if (key.endsWith('Scope')) return accounts.FIELDS.includes(key.slice(0, -'Scope'.length))
  return key !== 'avatar' && accounts.FIELDS.includes(key) && canEdit(world, key)
}
