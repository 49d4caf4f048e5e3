import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { beginProgress } from '#console/progress.ts'
import { seenUsers } from '#world/accounts/seen-users.ts'
import * as users from '#world/accounts/users.ts'
import { ensureHome } from '#world/files/homes.ts'
import { readRetention } from '#world/files/retention.ts'
import { findAt } from '#world/files/server-paths.ts'
import * as tree from '#world/files/tree.ts'
import { getSystemString } from '#world/settings/config.ts'

const cleanUp: CommandHandler = (context) => {
  const { input, output, world } = context
  const given = input.value('path')
  const place = given ? /^\/([^/]+)\/files(\/.*)?$/.exec(given) : null
  if (given && !place) return fail(context, 'Invalid path given')
  const wanted = place ? [place[1]!] : input.list('user_id')
  const path = (place?.[2] ?? '').replace(/^\/+|\/+$/g, '')
  for (const userId of wanted) {
    if (!users.find(world, userId)) return fail(context, `Unknown user ${userId}`)
    output.writeln(`Delete versions of   <info>${userId}</info>`)
    remove(context, userId, path)
  }
  if (wanted.length > 0) return 0
  output.writeln('Delete all versions')
  output.writeln('Delete versions for users on backend <info>Database</info>')
  for (const { id } of users.byId(users.search(world))) {
    output.writeln(`   <info>${id}</info>`)
    remove(context, id, '')
  }
  return 0
}

/** What is kept of an account's files goes, or of those below a folder. */
function remove({ world }: CommandContext, userId: string, path: string): void {
  ensureHome(world, userId)
  const folder = findAt(world, `/${userId}/files_versions/${path}`)?.node
  if (folder) tree.drop(world, folder.id)
}

const AUTO =
  'Auto expiration is configured - expiration will be handled automatically according to the expiration patterns detailed at the following link https://docs.nextcloud.com/server/latest/admin_manual/configuration_files/file_versioning.html.'

const expire: CommandHandler = (context) => {
  const { input, output, world } = context
  const max = readRetention(getSystemString(world, 'versions_retention_obligation', 'auto'))?.max ?? null
  if (max === null) {
    output.writeln(AUTO)
    return 1
  }
  const wanted = input.list('user_id')
  for (const userId of wanted) {
    if (!users.find(world, userId)) return fail(context, `Unknown account ${userId}`)
    output.writeln(`Remove deleted files of   <info>${userId}</info>`)
    expireOf(context, userId, max)
  }
  if (wanted.length > 0) return 0
  beginProgress(context)
  for (const { id } of seenUsers(world)) expireOf(context, id, max)
  output.writeln('')
  return 0
}

/** What was kept longer than so many days ago goes. */
function expireOf({ world }: CommandContext, userId: string, days: number): void {
  const top = findAt(world, `/${userId}/files_versions`)?.node
  if (!top) return
  const oldest = world.clock.seconds() - days * 86_400
  for (const node of tree.subtree(world, top.id))
    if (node.type === 'file' && Number(/\.v(\d+)$/.exec(node.name)?.[1] ?? oldest) < oldest) tree.drop(world, node.id)
}

export const versionCommands = defineReleaseCommands({ 'versions:cleanup': cleanUp, 'versions:expire': expire })
