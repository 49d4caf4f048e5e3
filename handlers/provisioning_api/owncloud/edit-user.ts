import { defineEndpoint, p, s } from '#app/index.ts'
import { isEmailAddress } from '#lib/email-address.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { formatSize, parseSize } from '#world/files/quota.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { accountOf, manages } from './manages.ts'

const INVALID_QUOTA = 'Invalid quota value'
const EMPTY_PASSWORD = 'Password cannot be empty'

/** Why a field cannot be set: a code, and a message where there is one. */
type Problem = readonly [code: 102 | 103 | 403, message?: string]

/** How each field is set. What is not here can be set by nobody. */
const SETTERS: Readonly<Record<string, (world: World, user: users.User, value: string) => Problem | null>> = {
  display: setName,
  displayname: setName,
  email: (world, user, value) => {
    if (!isEmailAddress(value)) return [102]
    users.setEmail(world, user, value)
    return null
  },
  password: (world, user, value) => {
    if (value === '') return [403, EMPTY_PASSWORD]
    users.setPassword(world, user, value)
    return null
  },
  quota: (world, user, value) => {
    if (value === 'none' || value === 'default') {
      users.setQuota(world, user, value)
      return null
    }
    const bytes = parseSize(value)
    if (bytes === null) return [103, `${INVALID_QUOTA} ${value}`]
    // A negative size has lost its number on the way (ownCloud 10.2.1, corpus).
    users.setQuota(world, user, bytes < 0 ? ' B' : formatSize(bytes))
    return null
  },
  two_factor_auth_enabled: () => null,
}

/** An empty name is none: the account is called by its id again. */
function setName(world: World, user: users.User, value: string): null {
  users.setDisplayName(world, user, value === '' ? user.id : value)
  return null
}

const OWN = ['display', 'displayname', 'password', 'two_factor_auth_enabled', 'email']

function mayEdit(world: World, me: string, user: users.User, key: string): boolean {
  if (key === 'email' && !getSystem(world, 'allow_user_to_change_mail_address', true)) return false
  if (user.id === me) return OWN.includes(key) || (key === 'quota' && groups.isAdmin(world, me))
  return manages(world, me, user.id) && Object.hasOwn(SETTERS, key)
}

export const editUser = defineEndpoint({
  id: 'provisioning_api-owncloud:PUT /cloud/users/{userid}',
  products: ['owncloud'],
  app: 'provisioning_api',
  exit: 'legacy',
  method: 'PUT',
  path: '/cloud/users/{userid}',
  access: 'user',
  summary: 'Set one field of an account',
  input: {
    key: p
      .string()
      .default('')
      .describe(`One of ${Object.keys(SETTERS).join(', ')}`),
    value: p.string().default(''),
  },
  output: s.empty(),
  failures: { 102: '', 103: INVALID_QUOTA, 403: EMPTY_PASSWORD, 997: '' },
  probe: { userid: 'nobody-of-that-name', key: 'email', value: 'a@example.org' },
  notImplemented: ['Two-factor authentication is never enabled'],
  handle: ({ input: { userid, key, value }, world, me, ok, fail }) => {
    const user = accountOf(world, userid)
    if (!user || !mayEdit(world, me, user, key)) return fail(997)
    const problem = SETTERS[key]!(world, user, value)
    return problem ? fail(...problem) : ok()
  },
})
