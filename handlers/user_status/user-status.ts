import { defineEndpoint, p, s } from '#app/index.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import { byRelease } from '#lib/releases.ts'
import * as statuses from '#world/accounts/statuses.ts'
import { ownStatus, ownStatusSchema } from './format.ts'

const NO_STATUS = 'No status for the current user'
const PAST = 'ClearAt is in the past'

/** Before, the controller was made with the caller's id. */
const EMPTY_WITHOUT_LOGIN = [{ until: 31, to: { anonymous: 'empty-page' } }] as const

export const getStatus = defineEndpoint({
  id: 'user_status-get-status',
  app: 'user_status',
  method: 'GET',
  path: '/apps/user_status/api/v1/user_status',
  access: 'user',
  changes: EMPTY_WITHOUT_LOGIN,
  summary: "The caller's status",
  output: ownStatusSchema,
  failures: { 404: NO_STATUS },
  notImplemented: ['a busy status while an event of the calendar runs'],
  handle: ({ me, world, profile, ok, fail }) => {
    const found = statuses.settled(world, me, predefinedStatuses.of(profile))
    return found ? ok(ownStatus(found)) : fail(404)
  },
})

export const setStatus = defineEndpoint({
  id: 'user_status-set-status',
  app: 'user_status',
  method: 'PUT',
  path: '/apps/user_status/api/v1/user_status/status',
  access: 'user',
  changes: EMPTY_WITHOUT_LOGIN,
  summary: 'Choose a status; the message stays',
  input: { statusType: p.string().oneOf('online', 'away', 'dnd', 'busy', 'invisible', 'offline') },
  output: ownStatusSchema,
  failures: { 400: 'Status-type "…" is not supported' },
  handle: ({ input: { statusType }, me, world, ok, fail }) =>
    statuses.isType(statusType)
      ? ok(ownStatus(statuses.setType(world, me, statusType)))
      : fail(400, `Status-type "${statusType}" is not supported`),
})

export const setPredefinedMessage = defineEndpoint({
  id: 'user_status-set-predefined-message',
  app: 'user_status',
  method: 'PUT',
  path: '/apps/user_status/api/v1/user_status/message/predefined',
  access: 'user',
  changes: EMPTY_WITHOUT_LOGIN,
  summary: 'Choose one of the predefined messages',
  input: {
    messageId: p.string(),
    clearAt: p.int().orNull().describe('When it ends, in seconds since 1970; without it, never.'),
  },
  output: ownStatusSchema,
  failures: { 400: ['Message-Id "…" is not supported', PAST] },
  handle: ({ input: { messageId, clearAt }, me, world, profile, ok, fail }) => {
    const message = { messageId, message: null, icon: null, clearAt }
    const problem = statuses.checkMessage(world, message, predefinedStatuses.of(profile))
    if (problem === 'unknown-id') return fail(400, `Message-Id "${messageId}" is not supported`)
    if (problem) return fail(400, PAST)
    return ok(ownStatus(statuses.setMessage(world, me, message)))
  },
})

/** Whether it is caught that there is no status to show. */
const CATCHES = byRelease(false, { 32: true })

/** Whether an icon without a message is one. */
const TAKES_ICON_ALONE = byRelease(false, { 32: true })

const CUSTOM_PROBLEMS = {
  'unknown-id': '',
  'bad-icon': 'Status-Icon is longer than one character',
  'too-long': `Message is longer than supported length of ${statuses.MAX_MESSAGE_LENGTH} characters`,
  past: PAST,
} as const

export const setCustomMessage = defineEndpoint({
  id: 'user_status-set-custom-message',
  app: 'user_status',
  method: 'PUT',
  path: '/apps/user_status/api/v1/user_status/message/custom',
  access: 'user',
  changes: EMPTY_WITHOUT_LOGIN,
  summary: 'Write a message of your own; without icon, text and end, the message is taken back',
  input: {
    statusIcon: p.string().orNull().describe('One emoji.'),
    message: p.string().orNull().describe('At most 80 characters.'),
    clearAt: p.int().orNull().describe('When it ends, in seconds since 1970; without it, never.'),
  },
  output: ownStatusSchema,
  failures: { 400: [CUSTOM_PROBLEMS['bad-icon'], CUSTOM_PROBLEMS['too-long'], PAST], 404: NO_STATUS },
  handle: ({ input: { statusIcon: icon, message: text, clearAt }, me, world, profile, ok, fail, crash }) => {
    if (!(TAKES_ICON_ALONE.at(world.release) && icon) && !text && !clearAt) {
      statuses.clearMessage(world, me)
      const cleared = statuses.settled(world, me, predefinedStatuses.of(profile))
      if (!cleared) return CATCHES.at(world.release) ? fail(404) : crash()
      statuses.forgetBackup(world, me)
      return ok(ownStatus(cleared))
    }
    const message = { messageId: null, message: text, icon, clearAt }
    const problem = statuses.checkMessage(world, message, predefinedStatuses.of(profile))
    if (problem) return fail(400, CUSTOM_PROBLEMS[problem])
    return ok(ownStatus(statuses.setMessage(world, me, message)))
  },
})

export const clearMessage = defineEndpoint({
  id: 'user_status-clear-message',
  app: 'user_status',
  method: 'DELETE',
  path: '/apps/user_status/api/v1/user_status/message',
  access: 'user',
  changes: EMPTY_WITHOUT_LOGIN,
  summary: 'Take the message back; the status stays',
  output: s.empty(),
  handle: ({ me, world, ok }) => {
    statuses.clearMessage(world, me)
    return ok()
  },
})

export const revertStatus = defineEndpoint({
  id: 'user_status-revert-status',
  app: 'user_status',
  method: 'DELETE',
  path: '/apps/user_status/api/v1/user_status/revert/{messageId}',
  access: 'user',
  changes: EMPTY_WITHOUT_LOGIN,
  summary: 'Bring back what an automatic message had replaced',
  input: { messageId: p.string() },
  output: s.union(ownStatusSchema, s.empty()),
  probe: { messageId: 'meeting' },
  handle: ({ input: { messageId }, me, world, ok }) => {
    const reverted = statuses.revert(world, me, messageId)
    return reverted ? ok(ownStatus(reverted)) : ok()
  },
})
