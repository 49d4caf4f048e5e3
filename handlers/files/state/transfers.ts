import { s } from '#lib/schema.ts'
import * as users from '#world/accounts/users.ts'
import { defineTable } from '#world/define-table.ts'
import * as files from '#world/files/files.ts'
import * as notifications from '#world/notices/notifications.ts'
import { defineReactions } from '#world/reactions.ts'
import type { World } from '#world/world.ts'

/** A file or folder that its owner wants somebody else to own. */
export interface Transfer {
  readonly id: number
  readonly from: string
  /** As it was asked for: not always the case of the account's id. */
  readonly to: string
  readonly fileId: number
  readonly name: string
  /** The recipient agreed; the move itself is left to a job in the background. */
  readonly accepted: boolean
}

/** Transfers by id. */
export const transfersTable = defineTable<Transfer>('transfers', {
  sequence: 'transfer',
  record: s.object({
    id: s.int(),
    from: s.string(),
    to: s.string(),
    fileId: s.int(),
    name: s.string(),
    accepted: s.bool(),
  }),
})

/** Ask somebody to take over a file. */
export function request(
  world: World,
  from: string,
  to: string,
  path: string,
): Transfer | 'no-recipient' | 'not-found' | 'not-owner' {
  if (!users.find(world, to)) return 'no-recipient'
  const entry = files.resolve(world, from, path)
  if (!entry) return 'not-found'
  if (entry.owner !== from || entry.mount) return 'not-owner'
  const id = world.nextId('transfer')
  const name = entry.path === '/' ? 'files' : entry.node.name
  const transfer: Transfer = { id, from, to, fileId: entry.node.id, name, accepted: false }
  world.table(transfersTable).set(String(id), transfer)
  notifications.notify(world, {
    app: 'files',
    userId: to,
    objectType: 'transfer',
    objectId: String(id),
    subject: 'transferownershipRequest',
    subjectParameters: { sourceUser: from, targetUser: to, nodeName: name },
  })
  return transfer
}

/** The recipient agrees or refuses. */
export function answer(
  world: World,
  userId: string,
  id: number,
  agreed: boolean,
): 'done' | 'not-found' | 'not-recipient' {
  const transfer = world.table(transfersTable).get(String(id))
  if (!transfer) return 'not-found'
  if (transfer.to !== userId) return 'not-recipient'
  if (agreed) world.table(transfersTable).set(String(id), { ...transfer, accepted: true })
  notifications.markProcessed(world, { app: 'files', objectType: 'transfer', objectId: String(id) })
  if (!agreed) refuse(world, transfer)
  return 'done'
}

/** The owner learns that the recipient does not want it, unless it was agreed to before. */
function refuse(world: World, transfer: Transfer): void {
  world.table(transfersTable).delete(String(transfer.id))
  if (transfer.accepted) return
  notifications.notify(world, {
    app: 'files',
    userId: transfer.from,
    objectType: 'transfer',
    objectId: String(transfer.id),
    subject: 'transferownershipRequestDenied',
    subjectParameters: { sourceUser: transfer.from, targetUser: transfer.to, nodeName: transfer.name },
  })
}

/** Whoever dismisses the question refuses; transfers of an account that is gone have nobody to go from or to. */
export const transferReactions = defineReactions(
  {
    'notification.dismissed': (world, { userId, app, objectId }) => {
      const transfer = app === 'files' ? world.table(transfersTable).get(objectId) : undefined
      if (transfer && !transfer.accepted && transfer.to === userId) refuse(world, transfer)
    },
    'user.deleted': (world, { userId }) => {
      for (const { id, from, to } of [...world.table(transfersTable).values()]) {
        if (from === userId || to === userId) world.table(transfersTable).delete(String(id))
      }
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
