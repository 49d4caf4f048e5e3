import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { beginProgress, countProgress, finishProgress, stepProgress } from '#console/progress.ts'
import { byRelease } from '#lib/releases.ts'
import * as users from '#world/accounts/users.ts'
import * as received from '#world/sharing/received.ts'
import * as shares from '#world/sharing/share.ts'
import { TYPE } from '#world/sharing/share.ts'
import type { World } from '#world/world.ts'
import * as ownership from './state/ownership.ts'

const SAME_USER =
  "Ownership can't be transferred when Source and Destination users are the same user. Please check your input."
const REFUSALS = {
  'no-space': 'Target user does not have enough free space available.',
  'not-empty': 'Destination path does not exists or is not empty',
} as const

/** Give all files of an account, or those at a path, to another one. */
const transferOwnership: CommandHandler = (context) => {
  const { input, world, output } = context
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
  const counts = countShares(world, planned)
  const left = ownership.carryOut(world, planned)
  report(context, planned, counts, left)
  if (left !== null) return 0
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

/** Shares that are looked at together. */
const PAGE = 50

/** How many shares the bars show that count them, before any is passed on. */
function countShares(world: World, { from, to }: ownership.PlannedTransfer) {
  const own = new Map([...shares.ownedBy(world, from.id), ...shares.madeBy(world, from.id)].map((one) => [one.id, one]))
  const given = ownership.KINDS.map((kind) =>
    Math.min([...own.values()].filter(({ type }) => type === kind).length, PAGE),
  )
  const incoming = ({ id }: users.User) => received.directly(world, id).filter(({ type }) => type === TYPE.user).length
  return { given, incoming: [from, to].map((one) => Math.min(incoming(one), PAGE)) }
}

/** What the command tells on its way. */
function report(
  context: CommandContext,
  { from, to, folder, given, taken }: ownership.PlannedTransfer,
  counts: ReturnType<typeof countShares>,
  left: number | null,
): void {
  const { output } = context
  output.writeln([`Analysing files of ${from.id} ...`, ''])
  beginProgress(context)
  output.writeln([`Collecting all share information for files and folders of ${from.id} ...`, ''])
  countProgress(context, counts.given)
  output.writeln(`Transferring files to ${to.id}/files/${folder} ...`)
  if (left === null) return
  for (const [i, { id }] of [from, to].entries()) {
    output.writeln([`Collecting all incoming share information for files and folders of ${id} ...`, ''])
    stepProgress(context, counts.incoming[i] ?? 0)
  }
  for (const [title, passedOn] of [
    ['Restoring incoming shares ...', taken],
    ['Restoring shares ...', given],
  ] as const) {
    output.writeln([title, ''])
    finishProgress(context, passedOn.length)
  }
  if (left !== 0) output.writeln(sizeDiffers(left))
}

const sizeDiffers = (bytes: number) =>
  `Transferred folder have a size difference of: ${bytes} Bytes which means the transfer may be incomplete. Please check the logs if there was any issue during the transfer operation.`

export const transferCommands = defineReleaseCommands({ 'files:transfer-ownership': transferOwnership })
