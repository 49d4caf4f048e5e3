import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import * as users from '#world/accounts/users.ts'
import { home } from '#world/files/homes.ts'
import { storagePath, subtree } from '#world/files/tree.ts'

/** The app is installed with a master key, and nothing that is stored is really encrypted. */
const enableMasterKey: CommandHandler = ({ output }) => {
  output.writeln('Master key already enabled')
  return 0
}

const disableMasterKey: CommandHandler = async ({ input, output }) => {
  const isSure = await input.confirm('Do you really want to switch to per-user keys? (y/n) ', false)
  output.writeln(isSure ? 'Master key successfully disabled.' : 'aborted.')
  return isSure ? 0 : 1
}

/** A search through all accounts that finds nothing. */
const scan =
  (what: string, end: string): CommandHandler =>
  ({ output, world }) => {
    output.writeln(`Scanning all files for ${what}`)
    for (const { id } of users.byId(users.search(world))) output.writeln(`Scanning all files for ${id}`)
    output.writeln(`All scanned files are properly encrypted.${end}`)
    return 0
  }

/** What an account has stored, folders left out. */
function verifyFiles({ output, world }: CommandContext, userId: string): void {
  const root = home(world, userId)
  if (!root) return
  for (const node of subtree(world, root.id)) {
    if (node.type !== 'file') continue
    const path = `/${userId}/${storagePath(world, node)}`
    output.writeln(`Verifying the content of file "${path}"`)
    output.writeln(`<info>The file "${path}" is: OK</info>`)
  }
}

const fixVersions: CommandHandler = (context) => {
  const { input, output, world } = context
  const userId = input.text('user')
  if (input.flag('all')) {
    for (const { id } of users.byId(users.search(world))) {
      output.writeln(`Processing files for ${id}`)
      verifyFiles(context, id)
    }
    return 0
  }
  if (userId === '') output.writeln('<error>Either a user id or --all needs to be provided</error>')
  // The real server does not say which one (Nextcloud 34.0.1, asked).
  else if (!users.find(world, userId))
    output.writeln('<error>User id  does not exist. Please provide a valid user id</error>')
  else {
    verifyFiles(context, userId)
    return 0
  }
  return 1
}

const fixLocation: CommandHandler = ({ input, output, world }) => {
  if (users.find(world, input.text('user'))) return 0
  output.writeln(`<error>User ${input.text('user')} not found</error>`)
  return 1
}

const recover: CommandHandler = ({ output }) => {
  output.writeln('You use the master key, no individual user recovery needed.')
  return 0
}

export const commands = defineReleaseCommands({
  'encryption:enable-master-key': enableMasterKey,
  'encryption:disable-master-key': disableMasterKey,
  'encryption:scan:legacy-format': scan('legacy encryption', ' You can disable the legacy compatibility mode.'),
  'encryption:drop-legacy-filekey': scan('legacy filekey', ''),
  'encryption:fix-encrypted-version': fixVersions,
  'encryption:fix-key-location': fixLocation,
  'encryption:recover-user': recover,
})
