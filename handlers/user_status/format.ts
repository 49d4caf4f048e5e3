import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type { Status } from '#world/accounts/statuses.ts'

const statusType = (...more: string[]) => s.literal('online', 'away', 'dnd', 'busy', 'offline', ...more)

export const ownStatusSchema = s.object({
  userId: s.string(),
  message: s.nullable(s.string()),
  messageId: s.nullable(s.string()),
  messageIsPredefined: s.bool(),
  icon: s.nullable(s.string()),
  clearAt: s.nullable(s.int()),
  status: statusType('invisible'),
  statusIsUserDefined: s.bool(),
})

/** A status as its owner sees it. */
export const ownStatus = ({ userId, message, messageId, icon, clearAt, status, isUserDefined }: Status): PhpArray => ({
  userId,
  message,
  messageId,
  messageIsPredefined: messageId !== null,
  icon,
  clearAt,
  status,
  statusIsUserDefined: isUserDefined,
})

export const publicStatusSchema = s.object({
  userId: s.string(),
  message: s.nullable(s.string()),
  icon: s.nullable(s.string()),
  clearAt: s.nullable(s.int()),
  status: statusType(),
})

/** A status as everyone else sees it: who is invisible seems offline. */
export const publicStatus = ({ userId, message, icon, clearAt, status }: Status): PhpArray => ({
  userId,
  message,
  icon,
  clearAt,
  status: status === 'invisible' ? 'offline' : status,
})
