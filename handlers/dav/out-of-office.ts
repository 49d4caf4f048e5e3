import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import * as absences from './state/absences.ts'

const replacement = {
  replacementUserId: s.nullable(s.string()),
  replacementUserDisplayName: s.nullable(s.string()),
}

const absenceSchema = s.object({
  id: s.int(),
  userId: s.string(),
  firstDay: s.string(),
  lastDay: s.string(),
  status: s.string(),
  message: s.string(),
  ...replacement,
})

const show = ({ replacement: by, ...absence }: absences.Absence): PhpArray => ({
  id: absence.id,
  userId: absence.userId,
  firstDay: absence.firstDay,
  lastDay: absence.lastDay,
  status: absence.status,
  message: absence.message,
  replacementUserId: by?.userId ?? null,
  replacementUserDisplayName: by?.displayName ?? null,
})

const MAX_STATUS_LENGTH = 100

export const getCurrentOutOfOffice = defineEndpoint({
  id: 'dav-out_of_office-get-current-out-of-office-data',
  app: 'dav',
  method: 'GET',
  path: '/apps/dav/api/v1/outOfOffice/{userId}/now',
  since: 32,
  access: 'user',
  summary: 'The absence of an account that is away right now',
  input: { userId: p.string() },
  output: s.object({
    id: s.string(),
    userId: s.string(),
    startDate: s.int(),
    endDate: s.int(),
    shortMessage: s.string(),
    message: s.string(),
    ...replacement,
  }),
  responses: { 404: s.null() },
  probe: { userId: '$me' },
  handle: ({ input: { userId }, world, ok, respond }) => {
    const user = users.find(world, userId)
    const absence = user && absences.current(world, user.id)
    if (!absence) return respond(404, null)
    const { start, end } = absences.spanOf(world, absence)
    const { replacementUserId, replacementUserDisplayName } = show(absence)
    return ok({
      id: String(absence.id),
      userId: absence.userId,
      startDate: start,
      endDate: end,
      shortMessage: absence.status,
      message: absence.message,
      replacementUserId,
      replacementUserDisplayName,
    })
  },
})

export const getOutOfOffice = defineEndpoint({
  id: 'dav-out_of_office-get-out-of-office',
  app: 'dav',
  method: 'GET',
  path: '/apps/dav/api/v1/outOfOffice/{userId}',
  since: 28,
  access: 'user',
  summary: 'The absence of an account, whether it is away already or not',
  input: { userId: p.string() },
  output: absenceSchema,
  responses: { 404: s.null() },
  probe: { userId: '$me' },
  handle: ({ input: { userId }, world, ok, respond }) => {
    const absence = absences.find(world, userId)
    return absence ? ok(show(absence)) : respond(404, null)
  },
})

export const setOutOfOffice = defineEndpoint({
  id: 'dav-out_of_office-set-out-of-office',
  app: 'dav',
  method: 'POST',
  path: '/apps/dav/api/v1/outOfOffice/{userId}',
  since: 28,
  access: 'user',
  summary: "Set the caller's absence; the account in the path is not looked at",
  input: {
    firstDay: p.string().describe('YYYY-MM-DD'),
    lastDay: p.string().describe('YYYY-MM-DD, the last day that belongs to it.'),
    status: p.string().describe('A short text of at most 100 characters.'),
    message: p.string(),
    replacementUserId: p.string().orNull().describe('Whom to ask instead.'),
  },
  output: absenceSchema,
  responses: { 400: s.object({ error: s.string() }), 404: s.null() },
  probe: { userId: '$me', firstDay: '2099-01-01', lastDay: '2099-01-05', status: 'away', message: 'away' },
  handle: ({ input, me, world, ok, respond, crash }) => {
    const { firstDay, lastDay, status, message, replacementUserId: replacementId } = input
    if ([...status].length > MAX_STATUS_LENGTH) return respond(400, { error: 'statusLength' })
    const made = absences.set(world, { userId: me, firstDay, lastDay, status, message, replacementId })
    if (made === 'unknown-replacement') return respond(404, null)
    if (made === 'unreadable-day' || made === 'empty-text') return crash()
    return made === 'ends-before-it-begins' ? respond(400, { error: 'firstDay' }) : ok(show(made))
  },
})

export const clearOutOfOffice = defineEndpoint({
  id: 'dav-out_of_office-clear-out-of-office',
  app: 'dav',
  method: 'DELETE',
  path: '/apps/dav/api/v1/outOfOffice/{userId}',
  since: 28,
  access: 'user',
  summary: "End the caller's absence; the account in the path is not looked at",
  input: { userId: p.string() },
  output: s.null(),
  probe: { userId: '$me' },
  handle: ({ me, world, ok }) => {
    absences.clear(world, me)
    return ok(null)
  },
})
