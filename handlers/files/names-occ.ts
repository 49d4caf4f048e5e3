import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { Verbosity } from '#console/output.ts'
import { toInt } from '#lib/php.ts'
import { seenUsers } from '#world/accounts/seen-users.ts'
import * as users from '#world/accounts/users.ts'
import * as changes from '#world/files/changes.ts'
import * as entries from '#world/files/entries.ts'
import { ensureHome } from '#world/files/homes.ts'
import * as names from '#world/files/names.ts'
import { serverPath } from '#world/files/server-paths.ts'
import { getApp, setApp } from '#world/settings/config.ts'

const windows: CommandHandler = ({ input, output, world }) => {
  const isOn = names.fitsWindows(names.fileNameRules(world))
  if (input.flag('enable')) {
    if (isOn) output.writeln('<error>Windows compatible filenames already enforced.</error>', Verbosity.verbose)
    names.setFitsWindows(world, true)
    output.writeln('Windows compatible filenames enforced.')
  } else if (input.flag('disable')) {
    if (!isOn) output.writeln('<error>Windows compatible filenames already disabled.</error>', Verbosity.verbose)
    names.setFitsWindows(world, false)
    output.writeln('Windows compatible filename constraints removed.')
  } else output.writeln(`Windows compatible filenames are ${isOn ? 'enforced' : 'disabled'}`)
  return 0
}

const STATUS = 'sanitize_filenames_status'
const DONE = 3

const sanitize: CommandHandler = (context) => {
  const { input, output, world } = context
  const given = input.value('char-replacement')
  const replacement = names.replacementFor(world, given)
  if (replacement === null)
    return fail(context, given === null ? 'Character replacement required' : 'Invalid character replacement given')
  if (input.flag('dry-run')) output.writeln('<info>Dry run is enabled, no actual renaming will be applied.</>')
  const wanted = input.list('user_id')
  if (wanted.length > 0) {
    for (const userId of wanted) {
      const user = users.find(world, userId)
      if (user) sanitizeOf(context, user.id, replacement)
      else fail(context, `User '${userId}' does not exist - skipping`)
    }
    return 0
  }
  for (const { id } of seenUsers(world)) sanitizeOf(context, id, replacement)
  if (names.fitsWindows(names.fileNameRules(world)) && toInt(getApp(world, 'files', STATUS)) === 0)
    setApp(world, 'files', STATUS, String(DONE), { type: 'integer' })
  return 0
}

function sanitizeOf(context: CommandContext, userId: string, replacement: string): void {
  context.output.writeln(`<info>Analyzing files of ${userId}</>`)
  ensureHome(context.world, userId)
  sanitizeFolder(context, entries.resolve(context.world, userId, '/')!, replacement)
}

function sanitizeFolder(context: CommandContext, folder: entries.Entry, replacement: string): void {
  const { input, output, world } = context
  for (const entry of entries.list(world, folder)) {
    output.writeln(`scanning: ${serverPath(entry)}`, Verbosity.verbose)
    const old = entries.baseName(entry.path)
    const name = names.sanitized(world, old, replacement)
    let path = entry.path
    if (name !== old) {
      const free = entries.freeName(world, entry.userId, folder.path, name)
      if (!input.flag('dry-run')) {
        path = entries.joinPath(folder.path, free)
        changes.move(world, entry, path)
      }
      output.writeln(`renamed: "${old}" to "${free}"`)
    }
    const now = entries.resolve(world, entry.userId, path)
    if (now && entries.isFolder(now)) sanitizeFolder(context, now, replacement)
  }
}

export const nameCommands = defineReleaseCommands({
  'files:windows-compatible-filenames': windows,
  'files:sanitize-filenames': sanitize,
})
