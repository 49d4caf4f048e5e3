import { idText, policyText } from '#app/problem-texts.ts'
import type { CommandContext, CommandHandler } from '#console/command.ts'
import { trim } from '#lib/php.ts'
import { isEmail } from '#world/accounts/email.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { getApp } from '#world/settings/config.ts'
import { passwordFromEnv, readNewPassword } from './password.ts'

/** As long as the policy wants it, where it wants more than this. */
const GENERATED_LENGTH = 20

export const add: CommandHandler = async (context) => {
  const { input, world, output } = context
  const id = input.text('uid')
  if (users.find(world, id)) return failWith(context, `The account "${id}" already exists.`)
  const password = await passwordFor(context)
  if (typeof password === 'number') return password
  const problem = await whyNot(context, id, password)
  if (problem !== null) return failWith(context, problem)
  users.add(world, { id, password })
  output.writeln(`<info>The account "${id}" was created successfully</info>`)
  setDisplayName(context, id)
  joinGroups(context, id)
  return setEmail(context, id)
}

function failWith({ output }: CommandContext, message: string): 1 {
  output.writeln(`<error>${message}</error>`)
  return 1
}

/** The password of the new account, or the exit code where there is none. */
async function passwordFor(context: CommandContext): Promise<string | number> {
  const { input, world } = context
  if (input.flag('password-from-env')) return passwordFromEnv(context)
  if (input.flag('generate-password')) return world.random.token(GENERATED_LENGTH)
  if (input.interactive) return readNewPassword(context, 'Enter password: ', 'Confirm password: ')
  return failWith(
    context,
    'Interactive input or --password-from-env or --generate-password is needed for setting a password!',
  )
}

/** What the server has against this account, in its words; `null`: nothing. */
async function whyNot(context: CommandContext, id: string, password: string): Promise<string | null> {
  const problem = users.checkId(context.world, id)
  if (problem) return idText(problem, context.world)
  if (trim(password) === '') return 'A valid password must be provided'
  return policyText(context, password)
}

function setDisplayName({ input, world, output }: CommandContext, id: string): void {
  const wanted = input.value('display-name')
  if (!wanted) return
  users.setDisplayName(world, users.find(world, id)!, wanted)
  output.writeln(`Display name set to "${users.find(world, id)!.displayName}"`)
}

/** Groups that do not exist are made. */
function joinGroups({ input, world, output }: CommandContext, id: string): void {
  for (const groupId of input.values('group')) {
    if (groups.add(world, groupId) === 'added') output.writeln(`Created group "${groupId}"`)
    if (!groups.find(world, groupId)) continue
    groups.addMember(world, groupId, id)
    output.writeln(`Account "${id}" added to group "${groupId}"`)
  }
}

function setEmail(context: CommandContext, id: string): number {
  const { input, world, output } = context
  const email = input.value('email')
  if (!email) return 0
  if (!isEmail(email)) {
    return failWith(context, `The given email address "${email}" is invalid. Email not set for the user.`)
  }
  users.setEmail(world, users.find(world, id)!, email)
  if (getApp(world, 'core', 'newUser.sendEmail', 'yes') === 'yes') output.writeln(`Welcome email sent to ${email}`)
  return 0
}
