import { inPlace } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import { seededAccount } from '#world/accounts/seed.ts'
import * as statuses from '#world/accounts/statuses.ts'
import { defineSeedMember } from '#world/seed.ts'
import type { World } from '#world/world.ts'

/** What an account of a seed says about itself. */
const statusSeedSchema = s.object({
  user: s.string(),
  status: s.optional(
    s.described('default: online', s.literal('online', 'away', 'dnd', 'busy', 'invisible', 'offline')),
  ),
  messageId: s.optional(s.string()),
  message: s.optional(s.string()),
  icon: s.optional(s.string()),
  clearAt: s.optional(s.described('seconds since 1970', s.int())),
})
type StatusSeed = Infer<typeof statusSeedSchema>

export const seededStatuses = defineSeedMember({
  name: 'statuses',
  schema: s.described('what accounts say about themselves', s.list(statusSeedSchema)),
  after: ['users'],
  read: seedStatuses,
})

function seedStatuses(world: World, list: readonly StatusSeed[]): void {
  list.forEach((seed, i) => {
    inPlace(i, () => seedStatus(world, seed))
  })
}

function seedStatus(world: World, { user, status = 'online', messageId, message, icon, clearAt }: StatusSeed): void {
  const userId = seededAccount(world, user).id
  statuses.setType(world, userId, status)
  if ([messageId, message, icon, clearAt].every((member) => member === undefined)) return
  const said = { messageId: messageId ?? null, message: message ?? null, icon: icon ?? null, clearAt: clearAt ?? null }
  statuses.setMessage(world, userId, said)
}
