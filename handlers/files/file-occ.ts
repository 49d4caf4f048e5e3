import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { noHostFile } from '#console/host-files.ts'
import * as users from '#world/accounts/users.ts'
import * as changes from '#world/files/changes.ts'
import { bytesOf, contentFrom } from '#world/files/content.ts'
import * as entries from '#world/files/entries.ts'
import * as paths from '#world/files/server-paths.ts'
import type { World } from '#world/world.ts'

/** Standard input or output. */
const isStream = (name: string) => name === '' || name === '-'

const get: CommandHandler = (context) => {
  const { input, output, world } = context
  const [given, target] = [input.text('file'), input.text('output')]
  const found = paths.find(world, given)
  if (!found) return fail(context, `file ${given} not found`)
  if (found.node.type === 'folder') return fail(context, `${given} is a directory`)
  if (!isStream(target)) return noHostFile(context, target)
  output.raw(new TextDecoder().decode(bytesOf(entries.contentOf(world, found.node))))
  return 0
}

const put: CommandHandler = (context) => {
  const { input, world } = context
  const [given, source] = [input.text('file'), input.text('input')]
  const found = paths.find(world, given)
  if (found?.node.type === 'folder') return fail(context, `${given} is a folder`)
  if (!found && isId(given)) return fail(context, `${given} not found`)
  const text = isStream(source) ? input.readAll() : context.hostFile(source)
  if (text === null) return fail(context, `Failed to open ${source}`)
  const place = found?.entry ?? paths.placeOf(given)
  const content = contentFrom(new TextEncoder().encode(text))
  const isDone = place && users.find(world, place.userId) && changes.newFile(world, place.userId, place.path, content)
  if (!isDone || !('entry' in isDone)) {
    const phpClass = 'OCP\\Files\\NotPermittedException'
    throw thrownAt('Folder', 186, `Could not create path "${entries.normalize(given)}"`, phpClass)
  }
  return 0
}

const isId = (given: string) => given.trim() !== '' && Number.isFinite(Number(given))

/** Where something is to go, and what is in its way. */
interface Target {
  readonly given: string
  readonly found: paths.ServerNode | undefined
}

/** What a command is to take somewhere; the exit code where there is none, or no folder to put it in. */
function sourceOf(context: CommandContext): paths.ServerNode | number {
  const { input, world } = context
  const [source, target] = [input.text('source'), input.text('target')]
  const found = paths.find(world, source)
  if (!found) return fail(context, `file ${source} not found`)
  const parent = entries.dirName(target.replace(/\/+$/, ''))
  return paths.find(world, parent) ? found : fail(context, `Target parent path ${parent} doesn't exist`)
}

const warnOfKind = (from: string, fromKind: string, to: string, toKind: string) =>
  `Warning: <info>${from}</info> is a ${fromKind}, but <info>${to}</info> is a ${toKind}`

const isFolder = ({ node }: paths.ServerNode) => node.type === 'folder'
const isWritable = ({ entry }: paths.ServerNode) => entry === null || entries.may(entry, 'update')
const isDeletable = ({ entry }: paths.ServerNode) => entry === null || entries.may(entry, 'delete')
const isMountTop = ({ entry }: paths.ServerNode) => entry !== null && entries.isMountRoot(entry)

/** Why what is in the way may not be replaced by something of another kind. */
function replaceProblem(target: paths.ServerNode, given: string, source: string): string | null {
  if (isMountTop(target)) return "Mount root can't be overwritten with a different type"
  return isDeletable(target) ? null : `${given} can't be deleted to be replaced with ${source}`
}

const mayOverwrite = ({ input }: CommandContext, path: string) =>
  input.confirm(`<info>${path}</info> already exists, overwrite? [y/N] `, false)

const copy: CommandHandler = async (context) => {
  const { input, output, world } = context
  const source = sourceOf(context)
  if (typeof source === 'number') return source
  const [from, force] = [input.text('source'), input.flag('force')]
  let target: Target = { given: input.text('target'), found: paths.find(world, input.text('target')) }
  if (!target.found) return carry(context, changes.copy, source, target.given)
  if (!isWritable(target.found)) return fail(context, `${target.given} isn't writable`)
  let isOtherKind = false
  if (isFolder(target.found)) {
    if (input.flag('no-target-directory')) {
      if (!force) output.writeln(warnOfKind(from, 'file', target.given, 'folder'))
      isOtherKind = true
    } else {
      const inside = `${target.found.path}/${source.node.name}`
      target = { given: inside, found: paths.find(world, inside) }
    }
  } else if (isFolder(source)) {
    if (!force) output.writeln(warnOfKind(from, 'folder', target.given, 'file'))
    isOtherKind = true
  }
  const problem = isOtherKind && target.found ? replaceProblem(target.found, target.given, from) : null
  if (problem !== null) return fail(context, problem)
  if (!force && target.found && !(await mayOverwrite(context, target.given))) return 1
  return carry(context, changes.copy, source, target.given)
}

const move: CommandHandler = async (context) => {
  const { input, output, world } = context
  const source = sourceOf(context)
  if (typeof source === 'number') return source
  const [from, to] = [input.text('source'), input.text('target')]
  const found = paths.find(world, to)
  if (found) {
    if (!isWritable(found)) return fail(context, `${to} already exists and isn't writable`)
    if (isFolder(source) !== isFolder(found)) {
      const kinds = isFolder(source) ? (['folder', 'file'] as const) : (['file', 'folder'] as const)
      output.writeln(warnOfKind(from, kinds[0], to, kinds[1]))
      const problem = replaceProblem(found, to, from)
      if (problem !== null) return fail(context, problem)
    }
    if (!input.flag('force') && !(await mayOverwrite(context, to))) return 1
  }
  return carry(context, changes.move, source, to)
}

/** Let a change happen among the files of accounts. A folder in a file's place, or a file in a folder's, goes to the trash. */
function carry({ world }: CommandContext, change: typeof changes.copy, source: paths.ServerNode, to: string): number {
  const place = paths.placeOf(to)
  if (!source.entry || !place) return 0
  const replaced = paths.find(world, to)
  const isFileOverFile = replaced?.entry && !isFolder(replaced) && !isFolder(source)
  // The file stays the same one, and has a version more (Nextcloud 34.0.1, asked).
  if (isFileOverFile && change === changes.copy) {
    changes.newFile(world, place.userId, place.path, entries.contentOf(world, source.node))
    return 0
  }
  // What a file is renamed to is gone from the disk (Nextcloud 34.0.1, source).
  if (isFileOverFile && !isMountTop(replaced)) changes.removeForGood(world, replaced.entry!)
  change(world, source.entry, place.path, true, place.userId)
  return 0
}

const remove: CommandHandler = async (context) => {
  const { input, output, world } = context
  const given = input.text('file')
  const found = paths.find(world, given)
  if (!found) return fail(context, `file ${given} not found`)
  if (input.flag('force')) return removeNode(context, found)
  let wanted = found
  if (!isId(given) && isMountTop(found)) {
    const { userId } = found.entry!
    const question = `<info>${given}</info> in a shared file, do you want to unshare the file from <info>${userId}</info> instead of deleting the source file? [Y/n] `
    if (await input.confirm(question, true)) return removeNode(context, found)
    wanted = paths.findById(world, found.node.id) ?? found
    output.writeln('')
  }
  warnOfOthers(context, wanted)
  const contents = isFolder(wanted) ? " and all it's contents" : ''
  if (await input.confirm(`Delete ${wanted.path}${contents}? [y/N] `, false)) return removeNode(context, wanted)
  return 0
}

function warnOfOthers({ output, world }: CommandContext, { node }: paths.ServerNode): void {
  const users = entries.accountsReaching(world, node.id)
  if (users.length < 2) return
  output.writeln('Warning: the provided file is accessible by more than one user')
  output.writeln(['  all of the following users will lose access to the file when deleted:', ''])
  for (const userId of users) {
    output.writeln(`${userId}:`)
    output.writeln(placesOf(world, userId, node.id).map((path) => `  - ${path}`))
  }
  output.writeln('')
}

const placesOf = (world: World, userId: string, id: number) =>
  entries.entriesOf(world, userId, id).map(paths.serverPath)

function removeNode(context: CommandContext, { entry }: paths.ServerNode): number {
  if (entry && changes.remove(context.world, entry) === 'forbidden')
    context.output.writeln('<error>File cannot be deleted, insufficient permissions.</error>')
  return 0
}

export const singleFileCommands = defineReleaseCommands({
  'files:get': get,
  'files:put': put,
  'files:copy': copy,
  'files:move': move,
  'files:delete': remove,
})
