import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { writeTable } from '#console/write-in-format.ts'
import { md5 } from '#lib/md5.ts'
import * as files from '#world/files/files.ts'
import * as paths from '#world/files/server-paths.ts'
import { notify } from '#world/notices/notifications.ts'
import { externalSharesTable } from '#world/sharing/external-shares.ts'
import * as shares from '#world/sharing/shares.ts'
import { type Share, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** How kinds of shares are called on the command line. */
const NAMES: Readonly<Record<number, string>> = {
  [TYPE.user]: 'user',
  [TYPE.group]: 'group',
  [TYPE.link]: 'link',
  [TYPE.email]: 'email',
  [TYPE.remote]: 'remote',
  [TYPE.remoteGroup]: 'group',
  [TYPE.room]: 'room',
  [TYPE.deck]: 'deck',
}

const allShares = (world: World) =>
  [...world.table(shares.sharesTable).values()].filter(({ type }) => type !== TYPE.member)

const placeOf = (world: World, { owner, nodeId }: Share) => {
  const entry = files.entryOf(world, owner, nodeId)
  return entry ? paths.serverPath(entry) : ''
}

const list: CommandHandler = (context) => {
  const { input, world } = context
  if (input.flag('recursive') && !input.value('parent'))
    return fail(context, "recursive option can't be used without parent option")
  const found = [...allShares(world).entries()].filter(([, share]) => isWanted(context, share))
  const rows = found.map(([, share]) => ({
    id: String(share.id),
    file: share.nodeId,
    'target-path': share.target,
    'source-path': placeOf(world, share),
    owner: share.owner,
    recipient: share.sharedWith,
    by: share.sharedBy,
    type: NAMES[share.type] ?? 'unknown',
  }))
  writeTable(
    context,
    rows,
    found.map(([place]) => place),
  )
  return 0
}

function isWanted(context: CommandContext, share: Share): boolean {
  const { input } = context
  const differs = (option: string, value: string | null) => input.value(option) && input.value(option) !== value
  if (differs('owner', share.owner) || differs('recipient', share.sharedWith) || differs('by', share.sharedBy))
    return false
  const file = input.value('file')
  if (file && nodeAt(context, file).node.id !== share.nodeId) return false
  const parent = input.value('parent')
  if (parent && !isBelow(context, share, nodeAt(context, parent))) return false
  const type = input.value('type')
  return !type || NAMES[share.type] === typeNamed(type)
}

function nodeAt({ world }: CommandContext, given: string): paths.ServerNode {
  const found = paths.find(world, given)
  if (found) return found
  const path = files.normalize(given)
  throw thrownAt('Root', 157, path, 'OCP\\Files\\NotFoundException')
}

function isBelow({ input, world }: CommandContext, share: Share, { node, path }: paths.ServerNode): boolean {
  if (node.type === 'file') throw thrownAt('ListShares', 141, `Parent ${path} is not a folder`)
  if (!input.flag('recursive')) return files.find(world, share.nodeId)?.parent === node.id
  const place = placeOf(world, share)
  return place === path || place.startsWith(`${path}/`)
}

function typeNamed(name: string): string {
  if (!Object.values(NAMES).includes(name)) throw thrownAt('ListShares', 121, `Unknown share type ${name}`)
  return name
}

/** Whoever made a share or owns what it shows still sees it. */
const isValid = (world: World, { owner, nodeId }: Share) => files.entryOf(world, owner, nodeId) !== undefined

const deleteOrphans: CommandHandler = async ({ input, output, world }) => {
  const [owner, recipient] = [input.value('owner'), input.value('with')]
  const orphans = [...world.table(shares.sharesTable).values()].filter(
    (share) =>
      (!owner || share.owner === owner) && (!recipient || share.sharedWith === recipient) && !isValid(world, share),
  )
  for (const { target, owner: by, nodeId } of orphans) {
    output.writeln(`<info>${target ?? ''}</info> owned by <info>${by}</info>`)
    const advice = `run <info>occ info:file ${nodeId}</info> for more information about the file`
    output.writeln(
      files.find(world, nodeId)
        ? `  file still exists but the share owner lost access to it, ${advice}`
        : '  file no longer exists',
    )
  }
  if (orphans.length === 0) {
    output.writeln('No orphan shares detected')
    return 0
  }
  if (!input.flag('force')) output.writeln('')
  const question = `Delete <info>${orphans.length}</info> orphan shares? [y/N] `
  if (input.flag('force') || (await input.confirm(question, false)))
    for (const share of orphans) if (shares.find(world, share.id)) shares.removeShare(world, share)
  return 0
}

/** Shares always belong to those in whose homes the files lie. */
const fixOwners: CommandHandler = ({ output, world }) => {
  const broken = allShares(world).filter((share) => !isValid(world, share) && files.find(world, share.nodeId))
  if (broken.length === 0) output.writeln('No broken shares detected')
  return 0
}

/** Accounts are in a group's share or have left it; there is nothing in between, as ownCloud had it. */
const fixGroupShares: CommandHandler = ({ output }) => {
  output.writeln('No affected group share subshares found.')
  return 0
}

const DAY = 86_400

/** Whoever shared what is over tomorrow is told. */
const notifyOfExpiry: CommandHandler = ({ world }) => {
  const tomorrow = Math.floor(world.clock.seconds() / DAY) * DAY + DAY
  for (const share of allShares(world)) {
    const { expiresAt } = share
    if (expiresAt === null || expiresAt < tomorrow || expiresAt >= tomorrow + DAY || !isValid(world, share)) continue
    notify(world, {
      app: 'files_sharing',
      userId: share.sharedBy,
      objectType: 'share',
      objectId: `ocinternal:${share.id}`,
      subject: 'expiresTomorrow',
      subjectParameters: [],
    })
  }
  return 0
}

/** Storages of other servers go with their shares here, so that none is ever left over. */
const cleanUpRemote: CommandHandler = ({ output, world }) => {
  output.writeln('0 remote storage(s) need(s) to be checked')
  const external = [...world.table(externalSharesTable).values()]
  output.writeln(`${external.length} remote share(s) exist`)
  for (const { id, token, remote } of external) {
    const storage = `shared::${md5(`${token}@${remote.replace(/\/+$/, '')}`)}`
    output.writeln(`<comment>${storage} for share ${id} has no matching storage, yet</comment>`)
  }
  output.writeln('<info>no storages deleted</info>')
  return 0
}

export const sharingCommands = defineReleaseCommands({
  'share:list': list,
  'sharing:delete-orphan-shares': deleteOrphans,
  'sharing:fix-share-owners': fixOwners,
  'sharing:fix-owncloud-group-shares': fixGroupShares,
  'sharing:expiration-notification': notifyOfExpiry,
  'sharing:cleanup-remote-storages': cleanUpRemote,
})
