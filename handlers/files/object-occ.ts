import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { writeTable } from '#console/write-in-format.ts'
import { seenUsers } from '#world/accounts/seen-users.ts'
import * as users from '#world/accounts/users.ts'
import { getUserOrNull } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** A fake keeps files as files do a server without an object store. */
const withoutStore =
  (code: number): CommandHandler =>
  (context) =>
    fail(context, 'Instance is not using primary object store', code)

const rename: CommandHandler = (context) =>
  fail(context, `Unknown object store configuration: ${context.input.text('source')}`)

const storeOf = (world: World, { id }: users.User) => ({
  user: id,
  'object-store': getUserOrNull(world, id, 'homeobjectstore', 'objectstore') ?? 'default',
  bucket: getUserOrNull(world, id, 'homeobjectstore', 'bucket') ?? 'unset',
})

const list: CommandHandler = (context) => {
  const { input, world } = context
  const userId = input.value('user')
  if (userId) {
    const user = users.find(world, userId)
    if (!user) return fail(context, `User ${userId} not found`)
    writeTable(context, [storeOf(world, user)])
    return 0
  }
  writeTable(context, filtered(context))
  return 0
}

function filtered({ input, world }: CommandContext) {
  const [bucket, store] = [input.value('bucket') ?? '', input.value('object-store') ?? '']
  return seenUsers(world)
    .map((user) => storeOf(world, user))
    .filter((one) => (bucket === '' || one.bucket === bucket) && (store === '' || one['object-store'] === store))
}

export const objectCommands = defineReleaseCommands({
  'files:object:get': withoutStore(1),
  'files:object:put': withoutStore(255),
  'files:object:delete': withoutStore(255),
  'files:object:info': withoutStore(1),
  'files:object:list': withoutStore(1),
  'files:object:orphans': withoutStore(1),
  'files:object:multi:users': list,
  'files:object:multi:rename-config': rename,
})
