import { defineEndpoint, type Failures, type HandlerArguments, s } from '#app/index.ts'
import type { ParamShape } from '#line/params.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as users from '#world/accounts/users.ts'
import * as appdata from '#world/files/appdata.ts'
import { administers } from './user-data.ts'

type Context = Pick<HandlerArguments<string, ParamShape, Failures>, 'world' | 'me'>

/** An account that the caller administers and that is not their own. */
function findOther(context: Context, userId: string): users.User | 'not-found' | 'self' | 'not-yours' {
  const user = users.find(context.world, userId)
  if (!user) return 'not-found'
  if (user.id === context.me) return 'self'
  return administers(context, user.id) ? user : 'not-yours'
}

export const deleteUser = defineEndpoint({
  id: 'provisioning_api-users-delete-user',
  app: 'provisioning_api',
  method: 'DELETE',
  path: '/cloud/users/{userId}',
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Remove an account with everything that is its own',
  output: s.empty(),
  failures: { 101: '', 998: '' },
  handle: (args) => {
    const user = findOther(args, args.input.userId)
    if (typeof user === 'string') return args.fail(user === 'self' ? 101 : 998)
    users.remove(args.world, user.id)
    return args.ok()
  },
})

export const wipeUserDevices = defineEndpoint({
  id: 'provisioning_api-users-wipe-user-devices',
  app: 'provisioning_api',
  method: 'POST',
  path: '/cloud/users/{userId}/wipe',
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Let all devices of an account wipe what they hold of it',
  output: s.empty(),
  failures: { 101: '', 998: '' },
  handle: (args) => {
    const user = findOther(args, args.input.userId)
    if (typeof user === 'string') return args.fail(user === 'self' ? 101 : 998)
    tokens.markForWipe(args.world, user.id)
    return args.ok()
  },
})

export const enableUser = defineEndpoint({
  id: 'provisioning_api-users-enable-user',
  app: 'provisioning_api',
  method: 'PUT',
  path: '/cloud/users/{userId}/enable',
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Let an account log in again',
  output: s.empty(),
  failures: { 101: '', 998: '' },
  handle: (args) => {
    const user = findOther(args, args.input.userId)
    if (typeof user === 'string') return args.fail(user === 'not-yours' ? 998 : 101)
    users.setEnabled(args.world, user, true)
    return args.ok()
  },
})

export const disableUser = defineEndpoint({
  id: 'provisioning_api-users-disable-user',
  app: 'provisioning_api',
  method: 'PUT',
  path: '/cloud/users/{userId}/disable',
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Let an account no longer log in',
  output: s.empty(),
  failures: { 101: '', 998: '' },
  handle: (args) => {
    const user = findOther(args, args.input.userId)
    if (typeof user === 'string') return args.fail(user === 'not-yours' ? 998 : 101)
    users.setEnabled(args.world, user, false)
    return args.ok()
  },
})

export const resendWelcomeMessage = defineEndpoint({
  id: 'provisioning_api-users-resend-welcome-message',
  app: 'provisioning_api',
  method: 'POST',
  path: '/cloud/users/{userId}/welcome',
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Send the mail again that welcomes a new account',
  output: s.empty(),
  failures: { 101: 'Email address not available', 998: '' },
  notImplemented: ['No mail is sent'],
  handle: (args) => {
    const user = users.find(args.world, args.input.userId)
    if (!user || !administers(args, user.id)) return args.fail(998)
    if (!user.primaryEmail && !user.email) return args.fail(101)
    appdata.writeMail(args.world)
    return args.ok()
  },
})
