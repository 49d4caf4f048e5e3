import { policyText } from '#app/problem-texts.ts'
import type { CommandContext, CommandHandler } from '#console/command.ts'
import * as passwordPolicy from '#world/accounts/password-policy.ts'
import * as users from '#world/accounts/users.ts'
import { isEnabled } from '#world/settings/apps.ts'

/** NC_PASS, or else OC_PASS; the exit code where both are empty. */
export function passwordFromEnv({ env, output }: CommandContext): string | number {
  const password = env.NC_PASS || env.OC_PASS
  if (password) return password
  output.writeln('<error>--password-from-env given, but NC_PASS/OC_PASS is empty!</error>')
  return 1
}

/** Ask for a password and once more for the same; the exit code where they differ. */
export async function readNewPassword(
  { input, output }: CommandContext,
  question: string,
  confirmation: string,
  mayBeEmpty = true,
): Promise<string | number> {
  const password = (await input.ask(question, true)) ?? ''
  if (password === '' && !mayBeEmpty) {
    output.writeln('<error>Password cannot be empty!</error>')
    return 1
  }
  const confirmed = (await input.ask(confirmation, true)) ?? ''
  if (password === confirmed) return password
  output.writeln('<error>Passwords did not match!</error>')
  return 1
}

export const resetPassword: CommandHandler = async (context) => {
  const { input, world, output } = context
  const given = input.text('user')
  const user = users.find(world, given)
  if (!user) {
    output.writeln('<error>User does not exist</error>')
    return 1
  }
  const password = await newPassword(context, given)
  if (typeof password === 'number') return password
  const problem = await policyText(context, password, user.id)
  if (problem !== null) {
    output.writeln(`<error>${problem}</error>`)
    return 1
  }
  users.setPassword(world, user, password)
  passwordPolicy.remember(world, user.id, password)
  output.writeln(`<info>Successfully reset password for ${given}</info>`)
  return 0
}

async function newPassword(context: CommandContext, given: string): Promise<string | number> {
  const { input, world, output } = context
  if (input.flag('password-from-env')) return passwordFromEnv(context)
  if (!input.interactive) {
    output.writeln('<error>Interactive input or --password-from-env is needed for entering a new password!</error>')
    return 1
  }
  if (isEnabled(world, 'encryption')) {
    output.writeln('<error>Warning: Resetting the password when using encryption will result in data loss!</error>')
    if (!(await input.confirm('Do you want to continue?'))) return 1
  }
  if (!input.flag('no-password')) {
    return readNewPassword(context, 'Enter a new password: ', 'Confirm the new password: ', false)
  }
  return (await input.confirm(`Are you sure you want to clear the password for ${given}?`)) ? '' : 1
}
