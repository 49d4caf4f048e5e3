import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { Verbosity } from '#console/output.ts'
import { renderTable } from '#console/table.ts'
import * as users from '#world/accounts/users.ts'
import { appDataFolder, drawnPictures } from '#world/files/appdata.ts'
import { home, storageOf } from '#world/files/homes.ts'
import * as mounts from '#world/files/mounts.ts'
import { placeOf } from '#world/files/server-paths.ts'
import * as tree from '#world/files/tree.ts'
import type { World } from '#world/world.ts'

interface Counted {
  folders: number
  files: number
  errors: number
}

const nothingCounted = (): Counted => ({ folders: 0, files: 0, errors: 0 })

const scan: CommandHandler = (context) => {
  const { input, world, output } = context
  const given = input.value('path')
  const path = given ? `/${given.replace(/^\/+|\/+$/g, '')}` : null
  const wanted =
    path !== null
      ? [path.split('/')[1]!]
      : input.flag('all')
        ? users.byId(users.search(world)).map(({ id }) => id)
        : input.list('user_id')
  if (wanted.length === 0) {
    output.writeln('<error>Please specify the user id to scan, --all to scan for all users or --path=...</error>')
    return 1
  }
  const counted = nothingCounted()
  for (const [i, userId] of wanted.entries()) {
    const user = users.find(world, userId)
    if (!user) output.writeln(`<error>Unknown user ${i + 1} ${userId}</error>`)
    else {
      output.writeln(`Starting scan for user ${i + 1} out of ${wanted.length} (${userId})`)
      // All that a fake has is known, so that nothing is found that was not scanned.
      if (!input.flag('unscanned')) scanHome(context, user.id, path ?? `/${user.id}`, counted)
    }
    output.writeln('', Verbosity.verbose)
  }
  const headers = ['Folders', 'Files', 'New', 'Updated', 'Removed', 'Errors', 'Elapsed time']
  renderTable(output, headers, [[counted.folders, counted.files, 0, 0, 0, counted.errors, '00:00:00']])
  return 0
}

/** @param path of a home or something in it: `/alice/files/Music` */
function scanHome({ input, output, world }: CommandContext, userId: string, path: string, counted: Counted): void {
  const root = tree.storageRoot(world, storageOf(userId))
  // Whoever never came in has no home to scan.
  if (!root || !home(world, userId)) return
  // What was received is scanned where it lies, in its owner's home.
  const place = placeOf(path)
  if (place && mounts.mountOf(world, userId, place.path)) return
  const start = tree.descend(world, root, path.replace(/^\/[^/]+/, ''))
  if (!start) {
    output.writeln(`<error>Path not found: ${path}</error>`)
    counted.errors++
    return
  }
  const report = (kind: string, at: string) => output.writeln(`\t${kind}\t<info>${at}</info>`, Verbosity.verbose)
  if (start.type === 'file') report('File', path)
  else report('Folder', start === root ? `${path}/` : path)
  const isDeep = !input.flag('shallow')
  countBelow(world, start, path, counted, isDeep, report)
  // A home that nobody opened yet has no folder for what is cached; a real server's has, as somebody came in before.
  if (start === root && isDeep && !tree.child(world, root.id, 'cache')) {
    report('Folder', `${path}/cache`)
    counted.folders++
  }
}

type Report = (kind: 'File' | 'Folder', path: string) => void

/**
 * Counts what lies in a folder, and the folder: first its files, then folder after folder, the newest first, as the
 * server finds them on a disk in memory (Nextcloud 34.0.1, asked).
 */
function countBelow(
  world: World,
  node: tree.FileNode,
  path: string,
  counted: Counted,
  isDeep: boolean,
  report: Report = () => {},
): void {
  if (node.type === 'file') {
    counted.files++
    return
  }
  counted.folders++
  const newestFirst = tree.children(world, node.id).sort((a, b) => b.id - a.id)
  const [inside, folders] = [newestFirst.filter(isFile), newestFirst.filter((child) => !isFile(child))]
  for (const { name } of inside) report('File', `${path}/${name}`)
  counted.files += inside.length
  if (!isDeep) return
  for (const folder of folders) {
    report('Folder', `${path}/${folder.name}`)
    countBelow(world, folder, `${path}/${folder.name}`, counted, isDeep, report)
  }
}

const isFile = ({ type }: tree.FileNode) => type === 'file'

/** Nothing of a fake's is ever orphaned. */
const cleanup: CommandHandler = ({ input, output }) => {
  output.writeln('0 orphaned file cache entries deleted')
  if (!input.flag('skip-filecache-extended')) output.writeln('0 orphaned file cache extended entries deleted')
  output.writeln('0 orphaned mount entries deleted')
  return 0
}

const scanAppData: CommandHandler = (context) => {
  const { input, output, world } = context
  output.writeln(['Scanning AppData for files', ''])
  const name = input.text('folder')
  const counted = nothingCounted()
  if (name !== 'preview') {
    const top = appDataFolder(world)
    if (!top) return fail(context, 'NoAppData folder found')
    const start = tree.descend(world, top, name)
    if (!start) return fail(context, `Could not find folder: ${name}`)
    countBelow(world, start, '', counted, true)
    if (name === '' || name === 'avatar') {
      const { folders, files } = drawnPictures(world)
      counted.folders += folders
      counted.files += files
    }
  }
  const showsPreviews = name === '' || name === 'preview'
  const headers = [...(showsPreviews ? ['Previews'] : []), 'Folders', 'Files', 'Elapsed time']
  const row = [...(showsPreviews ? [0] : []), counted.folders, counted.files, '00:00:00']
  renderTable(output, headers, [row])
  return 0
}

/** A tree has no broken branches: what lies where is said once. */
const repairTree: CommandHandler = ({ output }) => {
  output.writeln('Found 0 file entries with an invalid path')
  return 0
}

export const fileCommands = defineReleaseCommands({
  'files:scan': scan,
  'files:cleanup': cleanup,
  'files:scan-app-data': scanAppData,
  'files:repair-tree': repairTree,
})
