import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { ConsoleError, thrownAt } from '#console/errors.ts'
import { dateC, toInt } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import * as locks from '#world/files/locks.ts'

const lockFile: CommandHandler = async (context) => {
  const { input, output, world } = context
  if (input.flag('uninstall')) return uninstall(context)
  const id = toInt(input.text('file_id'))
  if (id === 0) throw new ConsoleError('Not enough arguments (missing: "file_id")', 'InvalidArgumentException')
  const known = locks.find(world, id)
  if (input.flag('status')) {
    if (known) showLock(context, known)
    else output.writeln(`File #${id} is <info>not locked<info>`)
    return 0
  }
  if (input.flag('unlock')) {
    output.writeln(`<info>unlocking File #${id}`)
    if (known) locks.unlock(world, known)
    return 0
  }
  const userId = input.text('user_id')
  // The quotation mark that nothing closes is the app's (34.0.1, asked).
  if (userId === '') throw new ConsoleError(`'Not enough arguments (missing: "user_id")`, 'InvalidArgumentException')
  return lockFor(context, id, userId)
}

function showLock({ output, world }: CommandContext, known: locks.FileLock): void {
  output.writeln(`File #${known.fileId} is <comment>locked</comment> by ${known.userId}`)
  output.writeln(` - Locked at: ${dateC(known.createdAt)}`)
  const left = locks.remaining(world, known)
  if (left >= 0) output.writeln(` - Expiry in seconds: ${left}`)
}

function lockFor({ output, world }: CommandContext, id: number, userId: string): number {
  const user = users.find(world, userId)
  if (!user) throw thrownAt('Lock', 160, `Unknown user '${userId}'`, 'OC\\User\\NoUserException')
  const entry = files.entryOf(world, user.id, id)
  if (!entry) throw thrownAt('FileService', 51, '', 'OCP\\Files\\NotFoundException')
  output.writeln(`<info>locking ${entry.node.name} to ${userId}</info>`)
  locks.lock(world, entry, user.id, locks.LOCK.user)
  return 0
}

async function uninstall({ input, output, world }: CommandContext): Promise<number> {
  const warning = 'Beware, this operation will uninstall the FilesLock App and delete all locks.'
  output.writeln([`<error>${warning}</error>`, ''])
  if (!(await input.confirm('<info>Do you confirm this operation?</info> (y/N) ', false))) {
    output.writeln('operation cancelled')
    return 0
  }
  for (const known of [...world.table(locks.fileLocksTable).values()]) locks.unlock(world, known)
  output.writeln('<comment>FilesLock App fully uninstalled.</comment>')
  return 0
}

export const lockCommands = defineReleaseCommands({ 'files:lock': lockFile })
