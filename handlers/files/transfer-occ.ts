import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import type { Output } from '#console/output.ts'
import { byRelease } from '#lib/releases.ts'
import * as users from '#world/accounts/users.ts'
import * as ownership from './state/ownership.ts'

const SAME_USER =
  "Ownership can't be transferred when Source and Destination users are the same user. Please check your input."
const REFUSALS = {
  'no-space': 'Target user does not have enough free space available.',
  'not-empty': 'Destination path does not exists or is not empty',
} as const

/** Give all files of an account, or those at a path, to another one. */
const transferOwnership: CommandHandler = ({ input, world, output }) => {
  const fail = (message: string) => {
    output.writeln(`<error>${message}</error>`)
    return 1
  }
  const [source, destination] = [input.text('source-user'), input.text('destination-user')]
  if (source === destination) return fail(SAME_USER)
  const from = users.find(world, source)
  if (!from) return fail(`Unknown source user ${source}`)
  const to = users.find(world, destination)
  if (!to) return fail(`Unknown destination user ${destination}`)
  const path = (input.value('path') ?? '').replace(/^\/+|\/+$/g, '')
  const wanted = { from, to, path, move: input.flag('move'), useUserId: input.flag('use-user-id') }
  const planned = ownership.plan(world, wanted)
  if (planned === 'unknown-path') return fail(`Unknown path provided: ${path}`)
  if (planned === 'not-empty') return fail(REFUSALS[planned])
  output.writeln('Validating quota')
  if (planned === 'no-space') return fail(REFUSALS[planned])
  const done = ownership.carryOut(world, planned)
  report(output, planned, done)
  if (done) return 0
  const line = REFUSES_MOUNTS.at(world.release)
  if (line === null) return fail('Could not transfer files.')
  const message = `Moving a storage (${from.id}/files/${path}) into another storage (${to.id}) is not allowed`
  throw thrownAt('View', line, message, 'OCP\\Files\\ForbiddenException')
}

/**
 * Where the move of what was received ends in an exception that the command does not catch; `null`: the command says
 * that it could not. Source: 27.1.10, 32.0.2, 33.0.0; Nextcloud 34.0.1, asked.
 */
const REFUSES_MOUNTS = byRelease<number | null>(null, { 32: 901, 33: 900, 34: 926 })

const START = '    0 [>---------------------------]'

/** What the command tells on its way. */
function report(output: Output, { from, to, folder, given, taken }: ownership.PlannedTransfer, done: boolean): void {
  const incoming = ({ id }: users.User) =>
    `Collecting all incoming share information for files and folders of ${id} ...`
  output.writeln(`Analysing files of ${from.id} ...`)
  output.writeln(START)
  output.writeln(`Collecting all share information for files and folders of ${from.id} ...`)
  output.writeln('')
  output.writeln(`Transferring files to ${to.id}/files/${folder} ...`)
  if (!done) return
  for (const user of [from, to]) {
    output.writeln(incoming(user))
    output.writeln('')
  }
  for (const [title, shares] of [
    ['Restoring incoming shares ...', taken],
    ['Restoring shares ...', given],
  ] as const) {
    output.writeln(title)
    output.writeln(bar(shares.length))
  }
}

/** A progress bar that has come to its end, as it is written where nobody watches. */
const bar = (steps: number) => (steps === 0 ? '' : `\n ${steps}/${steps} [============================] 100%`)

export const transferCommands = defineReleaseCommands({ 'files:transfer-ownership': transferOwnership })
