import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { writeBlockBelow, writeTitle } from '#console/symfony-style.ts'
import * as twoFactor from '#world/accounts/two-factor.ts'
import * as users from '#world/accounts/users.ts'

const state: CommandHandler = (context) => {
  const { input, output, world } = context
  const userId = input.text('uid')
  const user = users.find(world, userId)
  if (!user) return fail(context, 'Invalid UID')
  const known = Object.entries(twoFactor.states(world, user))
  const [on, off] = [true, false].map((wanted) => known.filter(([, isOn]) => isOn === wanted).map(([id]) => id))
  output.writeln(`Two-factor authentication is ${on!.length > 0 ? '' : 'not '}enabled for user ${userId}`)
  output.writeln('')
  for (const [title, ids] of [
    ['Enabled providers', on!],
    ['Disabled providers', off!],
  ] as const)
    if (ids.length > 0) output.writeln([`${title}:`, ...ids.map((id) => `- ${id}`)])
  return 0
}

const toggle =
  (on: boolean): CommandHandler =>
  (context) => {
    const { input, output, world } = context
    const [userId, id] = [input.text('uid'), input.text('provider_id')]
    const user = users.find(world, userId)
    if (!user) return fail(context, 'Invalid UID')
    switch (twoFactor.toggle(world, user, id, on)) {
      case 'unknown':
        throw thrownAt(
          'ProviderManager',
          29,
          `The provider '${id}' does not exist'`,
          'OC\\Authentication\\Exceptions\\InvalidProviderException',
        )
      case 'refused':
        return fail(context, 'The provider does not support this operation.', 2)
      case 'done': {
        const [provider, account] = [id, userId].map((text) => `<options=bold>${text}</>`)
        output.writeln(`Two-factor provider ${provider} ${on ? 'enabled' : 'disabled'} for user ${account}.`)
        return 0
      }
    }
  }

const cleanUp: CommandHandler = ({ input, output, world }) => {
  const id = input.text('provider-id')
  twoFactor.forget(world, id)
  output.writeln(`<info>All user-provider associations for provider <options=bold>${id}</> have been removed.</info>`)
  return 0
}

const enforce: CommandHandler = (context) => {
  const { input, output, world } = context
  if (input.flag('on')) {
    twoFactor.enforce(world, { isOn: true, groups: input.values('group'), except: input.values('exclude') })
  } else if (input.flag('off')) twoFactor.enforce(world, { isOn: false, groups: [], except: [] })
  output.writeln(describe(context))
  return 0
}

function describe({ world }: CommandContext): string {
  const { isOn, groups, except } = twoFactor.enforcement(world)
  if (!isOn) return 'Two-factor authentication is not enforced'
  const whom = groups.length === 0 ? 'all users' : `members of the group(s) ${groups.join(', ')}`
  const others = except.length === 0 ? '' : `, except members of ${except.join(', ')}`
  return `Two-factor authentication is enforced for ${whom}${others}`
}

/** Secrets go with their accounts, so that none is ever left over. */
const cleanUpTotp: CommandHandler = (context) => {
  writeTitle(context, 'Remove totp secrets for deleted users')
  writeBlockBelow(context, 'OK', 'Orphaned totp secrets removed.')
  context.output.writeln(' Thank you for using Two-Factor TOTP!')
  return 0
}

export const twoFactorCommands = defineReleaseCommands({
  'twofactorauth:state': state,
  'twofactorauth:enable': toggle(true),
  'twofactorauth:disable': toggle(false),
  'twofactorauth:cleanup': cleanUp,
  'twofactorauth:enforce': enforce,
  'twofactor_totp:cleanup': cleanUpTotp,
})
