import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { phpJson } from '#console/php-json.ts'
import { writeArray } from '#console/write-in-format.ts'
import * as users from '#world/accounts/users.ts'
import { byClass } from './flows.ts'
import * as workflows from './state.ts'

/** Flows of the administrators, or of an account; of any other scope there are none. */
const flowsIn: (...args: [Parameters<CommandHandler>[0], string | null]) => ReturnType<typeof byClass> = (
  { input, world },
  userId,
) => {
  const scope = input.text('scope')
  if (scope !== 'admin' && scope !== 'user')
    throw thrownAt('ScopeContext', 27, 'Invalid scope', 'InvalidArgumentException')
  if (scope === 'admin') return byClass(workflows.list(world, null))
  return byClass(scope === 'user' && userId !== null ? workflows.list(world, userId) : [])
}

const list: CommandHandler = (context) => {
  const userId = context.input.argument('scopeId')
  if (userId === null && context.input.text('scope') === 'user')
    throw thrownAt('ScopeContext', 33, 'user scope requires a user id', 'InvalidArgumentException')
  context.output.writeln(phpJson(flowsIn(context, userId === null ? null : String(userId))))
  return 0
}

const listRuntime: CommandHandler = (context) => {
  const { input, world } = context
  const userId = input.argument('userId')
  if (userId !== null && !users.find(world, String(userId)))
    throw thrownAt('Runtime', 73, `user ${userId} not found`, 'OC\\User\\NoUserException')
  writeArray(context, flowsIn(context, userId === null ? null : String(userId)))
  return 0
}

export const workflowCommands = defineReleaseCommands({
  'workflows:list': list,
  'workflows:runtime:list': listRuntime,
})
