import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { ConsoleError, thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { writeTable } from '#console/write-in-format.ts'
import { atomDate } from '#lib/http-date.ts'
import { toInt } from '#lib/php.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as users from '#world/accounts/users.ts'
import { passwordFromEnv } from './password.ts'

const LIMITED =
  '<info>No password provided. The generated app password will therefore have limited capabilities. Any operation that requires the login password will fail.</info>'

const add: CommandHandler = async (context) => {
  const { input, output, world } = context
  const user = users.find(world, input.text('user'))
  if (!user) return fail(context, 'Account does not exist')
  let password: string | null = null
  if (input.flag('password-from-env')) {
    const given = passwordFromEnv(context)
    if (typeof given === 'number') return given
    password = given
  } else if (input.interactive) password = (await input.ask('Enter the account password: ', true)) || null
  if (password === null) output.writeln(LIMITED)
  const { token } = tokens.create(world, {
    userId: user.id,
    loginName: user.id,
    name: input.value('name') || 'cli',
    type: 'app-password',
  })
  output.writeln(['app password:', token])
  return 0
}

/** How tokens are told apart, in numbers and in words. */
const TYPES = { session: [0, 'temporary'], 'app-password': [1, 'permanent'], 'one-time': [3, 3] } as const
const WIPE = [2, 'wipe'] as const

const list: CommandHandler = (context) => {
  const { input, world } = context
  const user = users.find(world, input.text('user'))
  if (!user) return fail(context, 'user not found')
  const isPlain = input.value('output') === 'plain'
  const rows = tokens.tokensOf(world, user.id).map((token) => {
    const { id, name, lastActivity } = token
    const [type, word] = token.wipe ? WIPE : TYPES[token.type]
    const filesystem = tokens.seesFiles(token)
    return isPlain
      ? { id, name, lastActivity: atomDate(lastActivity), type: word, scope: filesystem ? 'filesystem' : '' }
      : { id, name, lastActivity, type, scope: { filesystem } }
  })
  writeTable(context, rows)
  return 0
}

const remove: CommandHandler = (context) => {
  const { input, world } = context
  const [userId, id, before] = [input.text('uid'), toInt(input.text('id')), input.value('last-used-before')]
  if (before) {
    if (id !== 0) throw new ConsoleError('Option --last-used-before cannot be used with [<id>]')
    return removeUnused(context, userId, before)
  }
  if (id === 0) {
    throw new ConsoleError('Not enough arguments. Specify the token <id> or use the --last-used-before option.')
  }
  const token = [...world.table(tokens.tokensTable).values()].find((one) => one.id === id)
  if (!token) {
    const phpClass = 'OCP\\AppFramework\\Db\\DoesNotExistException'
    throw thrownAt('PublicKeyTokenMapper', 103, 'token does not exist', phpClass)
  }
  if (token.wipe && !input.flag('cancel-wipe')) {
    const advice = 'Pass --cancel-wipe to delete it anyway; the pending wipe will not run.'
    return fail(context, `Token ${id} is marked for remote wipe. ${advice}`)
  }
  // That of another account stays.
  if (token.userId === userId) tokens.revoke(world, token.token)
  return 0
}

function removeUnused({ world }: CommandContext, userId: string, before: string): number {
  const moment = momentOf(before)
  if (moment === null) {
    const forms = 'Acceptable formats are: ISO8601 (w/o fractions), "YYYY-MM-DD" and Unix time in seconds.'
    throw new ConsoleError(`Invalid date format. ${forms}`)
  }
  for (const { token, lastActivity } of tokens.tokensOf(world, userId))
    if (lastActivity < moment) tokens.revoke(world, token)
  return 0
}

/** Seconds since 1970 of one of the three forms in which a date may be given. */
function momentOf(text: string): number | null {
  if (/^[+-]?[1-9]\d*$/.test(text)) return Number(text)
  const isDate = /^\d{4}-\d{1,2}-\d{1,2}(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?$/.test(text)
  const moment = isDate ? Date.parse(text) : Number.NaN
  return Number.isNaN(moment) ? null : moment / 1000
}

export const authTokenCommands = defineReleaseCommands({
  'user:auth-tokens:add': add,
  'user:auth-tokens:list': list,
  'user:auth-tokens:delete': remove,
})
