import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { Verbosity } from '#console/output.ts'
import { renderTable } from '#console/table.ts'
import * as users from '#world/accounts/users.ts'
import { appDataFolder, drawnPictures } from '#world/files/appdata.ts'
import { storageOf } from '#world/files/homes.ts'
import * as tree from '#world/files/tree.ts'
import type { World } from '#world/world.ts'

interface Counted {
  folders: number
  files: number
}

const scan: CommandHandler = (context) => {
  const { input, world, output } = context
  const path = input.value('path')
  const wanted = path
    ? [path.replace(/^\/+/, '').split('/')[0]!]
    : input.flag('all')
      ? users.search(world).map(({ id }) => id)
      : input.list('user_id')
  if (wanted.length === 0) {
    output.writeln('<error>Please specify the user id to scan, --all to scan for all users or --path=...</error>')
    return 1
  }
  const counted: Counted = { folders: 0, files: 0 }
  for (const [i, userId] of wanted.entries()) {
    const user = users.find(world, userId)
    if (!user) output.writeln(`<error>Unknown user ${i + 1} ${userId}</error>`)
    else {
      output.writeln(`Starting scan for user ${i + 1} out of ${wanted.length} (${userId})`)
      count(context, user.id, path, counted)
      output.writeln('', Verbosity.verbose)
    }
  }
  const headers = ['Folders', 'Files', 'New', 'Updated', 'Removed', 'Errors', 'Elapsed time']
  renderTable(output, headers, [[counted.folders, counted.files, 0, 0, 0, 0, '00:00:00']])
  return 0
}

/** `/alice/files/Music` is below alice's home. */
function count({ input, world }: CommandContext, userId: string, path: string | null, counted: Counted): void {
  const root = tree.storageRoot(world, storageOf(userId))
  // Whoever never came in has no home to scan.
  if (!root) return
  const start = tree.descend(world, root, path?.replace(/^\/*[^/]+/, '') ?? '')
  if (!start) return
  countBelow(world, start, counted, !input.flag('shallow'))
  // A whole home has a folder for what is cached, which is no part of the tree.
  if (start === root) counted.folders++
}

function countBelow(world: World, node: tree.FileNode, counted: Counted, deep: boolean): void {
  if (node.type === 'file') counted.files++
  else counted.folders++
  if (node.type === 'file') return
  for (const child of tree.children(world, node.id)) {
    if (deep || child.type === 'file') countBelow(world, child, counted, deep)
  }
}

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
  const counted: Counted = { folders: 0, files: 0 }
  if (name !== 'preview') {
    const top = appDataFolder(world)
    if (!top) return fail(context, 'NoAppData folder found')
    const start = tree.descend(world, top, name)
    if (!start) return fail(context, `Could not find folder: ${name}`)
    countBelow(world, start, counted, true)
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
