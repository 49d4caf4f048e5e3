import type { CommandHandler } from '#console/command.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import { command } from './command.ts'

const scan: CommandHandler = ({ world, input, output }) => {
  const chosen = chooseUsers(world, input.value('path'), input.flag('all'), input.list('user_id'))
  if (chosen.length === 0) {
    output.writeln('<error>Please specify the user id to scan, "--all" to scan for all users or "--path=..."</error>')
    return 0
  }
  for (const id of chosen) {
    if (!users.find(world, id)) output.writeln(`<error>Unknown user ${id}</error>`)
    else output.writeln(`Scanning folder <info>/${id}/files</info>`)
  }
  return 0
}

/** A path names its user, and then neither the arguments nor `--all` count. */
function chooseUsers(world: World, path: string | null, all: boolean, given: readonly string[]): readonly string[] {
  if (path !== null) return [path.replace(/^\/+/, '').split('/')[0] ?? '']
  return all ? users.search(world).map(({ id }) => id) : given
}

/** The fake's file cache has no entries without a storage. */
const cleanup: CommandHandler = ({ output }) => {
  output.writeln('0 orphaned file cache entries deleted')
  return 0
}

export const fileCommands = [
  command({ name: 'files:cleanup', description: 'cleanup filecache' }, cleanup),
  command(
    {
      name: 'files:scan',
      description: 'rescan filesystem',
      arguments: [{ name: 'user_id', array: true, description: 'will rescan all files of the given user(s)' }],
      options: [
        {
          name: 'path',
          shortcut: 'p',
          value: 'required',
          description:
            'limit rescan to this path, eg. --path="/alice/files/Music", the user_id is determined by the path and the user_id parameter and --all are ignored',
        },
        { name: 'quiet', shortcut: 'q', description: 'suppress any output' },
        { name: 'all', description: 'will rescan all files of all known users' },
      ],
    },
    scan,
  ),
]
