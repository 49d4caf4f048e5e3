import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { uncaughtError } from '#console/uncaught-error.ts'
import { writeArray, writeRows } from '#console/write-in-format.ts'
import { longDateTime } from '#lib/long-date.ts'
import { toInt } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import * as entries from '#world/files/entries.ts'
import { formatSize } from '#world/files/quota.ts'
import * as paths from '#world/files/server-paths.ts'
import * as storages from '#world/files/storages.ts'
import * as tree from '#world/files/tree.ts'
import * as received from '#world/sharing/received.ts'
import type { World } from '#world/world.ts'

const RIGHTS = ['read', 'update', 'create', 'delete', 'share'] as const

function rightsOf(node: tree.FileNode, permissions: number): string {
  const all = node.type === 'file' ? tree.FILE_PERMISSIONS : tree.PERMISSION.all
  if (permissions === all || permissions === tree.PERMISSION.all) return 'full permissions'
  return RIGHTS.filter((right) => permissions & tree.PERMISSION[right]).join(', ')
}

/** What lies in a folder; what is mounted there counts where an account's files are looked at. */
const childrenOf = (world: World, { node, path, entry }: paths.ServerNode): paths.ServerNode[] =>
  entry
    ? entries.list(world, entry).map((one) => ({ node: one.node, path: paths.serverPath(one), entry: one }))
    : tree.children(world, node.id).map((child) => ({ node: child, path: `${path}/${child.name}`, entry: null }))

const sizeOf = (world: World, { node, entry }: paths.ServerNode): number =>
  entry ? entries.sizeWithMounts(world, entry) : node.size

const nameOf = ({ path }: paths.ServerNode) => entries.baseName(path)

const showFile: CommandHandler = (context) => {
  const { input, output, world } = context
  const given = input.text('file')
  const found = paths.find(world, given)
  if (!found) return fail(context, `file ${given} not found`)
  const { node, entry } = found
  output.writeln([
    nameOf(found),
    `  fileid: ${node.id}`,
    `  mimetype: ${node.mime}`,
    `  modified: ${longDateTime(entry ? entries.mtimeWithMounts(world, entry) : node.mtime)}`,
    `  size: ${formatSize(sizeOf(world, found))}`,
    `  etag: ${entry ? entries.etagWithMounts(world, entry) : node.etag}`,
    `  permissions: ${rightsOf(node, entry?.permissions ?? node.permissions)}`,
  ])
  if (node.type === 'folder') showChildren(context, found)
  if (entry?.mount) output.writeln(`  mounted at: ${paths.mountPoint(entry.mount)}`)
  output.writeln(['', 'The following users have access to the file', ''])
  for (const userId of entries.accountsReaching(world, node.id)) showAccess(context, userId, node.id)
  return 0
}

function showChildren({ input, output, world }: CommandContext, found: paths.ServerNode): void {
  const children = childrenOf(world, found)
  if (!input.flag('children')) {
    output.writeln(`  children: ${children.length} (use <info>--children</info> option to list)`)
    return
  }
  output.writeln([`  children: ${children.length}:`, ...children.map((child) => `  - ${nameOf(child)}`)])
}

function showAccess({ output, world }: CommandContext, userId: string, id: number): void {
  output.writeln(`${userId}:`)
  for (const entry of entries.entriesOf(world, userId, id)) {
    const isTop = entries.isMountRoot(entry)
    const path = isTop ? paths.mountPoint(entry.mount!) : paths.serverPath(entry)
    const permissions = isTop ? entry.mount!.permissions & entry.node.permissions : entry.permissions
    output.writeln(`  ${path}: ${rightsOf(entry.node, permissions)}`)
    output.writeln(`    ${entry.mount ? sharers(world, entry) : 'home storage'}`)
  }
}

/** By whom something is shared with an account, and through what. */
function sharers(world: World, { userId, mount }: entries.Entry): string {
  const shares = [...received.directly(world, userId), ...received.throughGroups(world, userId)].filter(
    ({ nodeId }) => nodeId === mount!.rootId,
  )
  const by = shares.map(({ type, sharedBy, sharedWith }) =>
    type === 1 ? `${sharedBy} (via group ${sharedWith})` : sharedBy,
  )
  return `shared by ${by.join(', ')} owned by ${shares[0]?.owner ?? ''}`
}

const showSpace: CommandHandler = (context) => {
  const { input, output, world } = context
  const given = input.text('file')
  const found = paths.find(world, given)
  if (!found) return fail(context, `file ${given} not found`)
  output.writeln(`${nameOf(found)}: <info>${formatSize(sizeOf(world, found))}</info>`)
  if (found.node.type === 'file') return 0
  const [count, all] = [toInt(input.value('count')), input.flag('all')]
  if (count < 1 && !all)
    throw uncaughtError(world, {
      error: 'ValueError: array_fill(): Argument #2 ($count) must be greater than or equal to 0',
      at: 'core/Command/Info/Space.php:48',
      frames: ['core/Command/Info/Space.php(48): array_fill()'],
      command: 'OC\\Core\\Command\\Info\\Space',
    })
  const limits = Array.from({ length: Math.max(0, count - 1) }, () => 0)
  showLargest(context, found, '', limits)
  return 0
}

/** The largest below a folder, each with the largest below it; at most as many as there are limits. @returns how many */
function showLargest(context: CommandContext, folder: paths.ServerNode, indent: string, limits: number[]): number {
  const { input, output, world } = context
  const children = childrenOf(world, folder).map((found) => ({ found, size: sizeOf(world, found) }))
  children.sort((a, b) => b.size - a.size)
  const all = input.flag('all')
  let left = limits
  let count = 0
  for (const [i, { found, size }] of children.entries()) {
    if (!all) {
      if (left.length === 0 || size < left[0]!) return count
      left = left.slice(1)
    }
    count++
    output.writeln(`${indent}- ${nameOf(found)}: <info>${formatSize(size)}</info>`)
    if (found.node.type === 'file') continue
    const below = all ? [] : limitsBelow(left, children.slice(i + 1))
    const shown = showLargest(context, found, `${indent}  `, below)
    left = left.slice(shown)
    count += shown
  }
  return count
}

/** What comes after a folder takes the place of what is smaller below it. */
function limitsBelow(left: readonly number[], after: readonly { readonly size: number }[]): number[] {
  const limits = [...left]
  for (const { size } of after.slice(0, limits.length)) {
    if (size > limits[0]!) limits.splice(0, 1, ...[])
    if (limits.length < left.length) limits.push(size)
  }
  return limits.sort((a, b) => a - b)
}

/** A storage as a row: where files lie, and how many they are. */
const rowOf = ({ number, name, files }: storages.NumberedStorage) => ({
  numeric_id: number,
  id: name,
  files,
  available: 'true',
  last_checked: null,
  external_mount_id: null,
})

const showStorage: CommandHandler = (context) => {
  const given = context.input.text('storage')
  const found = storages.list(context.world).find(({ name, number }) => name === given || String(number) === given)
  if (!found) return fail(context, `No storage with id ${given} found`)
  writeArray(context, rowOf(found))
  return 0
}

const listStorages: CommandHandler = (context) => {
  const { input, world } = context
  const all = storages.list(world).sort((a, b) => b.files - a.files)
  const shown = input.flag('all') ? all : all.slice(0, toInt(input.value('count')))
  writeRows(context, shown.map(rowOf))
  return 0
}

/** What pictures tell of themselves is read when they are asked for, and kept nowhere. */
const showMetadata: CommandHandler = () => {
  const phpClass = 'OCP\\FilesMetadata\\Exceptions\\FilesMetadataNotFoundException'
  throw thrownAt('MetadataRequestService', 92, '', phpClass)
}

/** Shares belong to those in whose homes the files lie. */
const repairShareOwners: CommandHandler = (context) => {
  const userId = context.input.text('user')
  if (userId !== '' && !users.find(context.world, userId)) return fail(context, `user ${userId} not found`)
  context.output.writeln('Found no shares with invalid share owner')
  return 0
}

export const fileInfoCommands = defineReleaseCommands({
  'info:file': showFile,
  'info:file:space': showSpace,
  'info:storage': showStorage,
  'info:storages': listStorages,
  'metadata:get': showMetadata,
  'maintenance:repair-share-owner': repairShareOwners,
})
