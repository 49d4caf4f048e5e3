import { defineEndpoint, p, s } from '#app/index.ts'
import { trim } from '#lib/php.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as users from '#world/accounts/users.ts'
import { administers } from './user-data.ts'

const MAX_BYTES = 2048

export const editUserMultiValue = defineEndpoint({
  id: 'provisioning_api-users-edit-user-multi-value',
  app: 'provisioning_api',
  method: 'PUT',
  path: '/cloud/users/{userId}/{collectionName:(?!enable$|disable$)[a-zA-Z0-9_]*}',
  access: 'user',
  passwordConfirmation: true,
  summary: 'Replace, remove or show one of the additional addresses of an account',
  input: {
    key: p.string().describe('The address as it is'),
    value: p.string().describe('The new address, nothing to remove it, or who may see it'),
  },
  output: s.empty(),
  failures: { 102: '', 103: '', 998: '' },
  probe: { userId: '$me', collectionName: 'additional_mail', key: 'nobody@example.org', value: '' },
  handle: (args) => {
    const { world, me, input, ok, fail, crash } = args
    const user = users.find(world, input.userId)
    if (!user || !administers(args, user.id)) return fail(998)
    if (input.collectionName === 'additional_mailScope' && user.id === me) {
      return accounts.setMailScope(world, user, input.key, input.value) === 'set' ? ok() : fail(102)
    }
    if (input.collectionName !== 'additional_mail') return fail(103)
    const value = input.value === '' ? '' : trim(input.value).toLowerCase()
    if (new TextEncoder().encode(value).length > MAX_BYTES) return crash()
    accounts.removeMail(world, user, input.key)
    // Whoever administers an account may vouch for an address by writing it over itself.
    if (input.value !== '') accounts.addMail(world, user, value, value === input.key)
    else if (input.key === user.primaryEmail) users.patch(world, user.id, { primaryEmail: null })
    return ok()
  },
})
