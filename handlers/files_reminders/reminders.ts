import { defineEndpoint, p, s } from '#app/index.ts'
import { atomDate } from '#lib/http-date.ts'
import { parsePhpDate } from '#lib/php-date.ts'
import { byRelease } from '#lib/releases.ts'
import * as fileReminders from '#world/files/reminders.ts'

const path = '/apps/files_reminders/api/v1/{fileId}'
const probe = { fileId: '0' }

/** Whether a reminder cannot be of a moment that has passed. */
const REFUSES_PAST = byRelease(false, { 32: true })

export const get = defineEndpoint({
  id: 'files_reminders-api-get',
  app: 'files_reminders',
  method: 'GET',
  path,
  access: 'user',
  summary: 'When the caller wants to be reminded of a file',
  input: { fileId: p.int() },
  output: s.object({ dueDate: s.nullable(s.string()) }),
  probe,
  handle: ({ input, me, world, ok }) => {
    const found = fileReminders.find(world, me, input.fileId)
    return ok({ dueDate: found ? atomDate(found.dueAt) : null })
  },
})

export const set = defineEndpoint({
  id: 'files_reminders-api-set',
  app: 'files_reminders',
  method: 'PUT',
  path,
  access: 'user',
  summary: 'Remind the caller of a file at a moment to come',
  input: { fileId: p.int(), dueDate: p.string().describe('ISO 8601, or whatever PHP reads as a date') },
  output: s.empty(),
  responses: { 201: s.empty(), 400: s.empty(), 404: s.empty() },
  probe: { ...probe, dueDate: '2000-01-01T00:00:00Z' },
  handle: ({ input, me, world, respond }) => {
    const now = world.clock.seconds()
    const due = parsePhpDate(input.dueDate, now)
    if (!due || (REFUSES_PAST.at(world.release) && due.seconds <= now)) return respond(400)
    const outcome = fileReminders.set(world, me, input.fileId, due.seconds)
    return respond(outcome === 'created' ? 201 : outcome === 'kept' ? 200 : 404)
  },
})

export const remove = defineEndpoint({
  id: 'files_reminders-api-remove',
  app: 'files_reminders',
  method: 'DELETE',
  path,
  access: 'user',
  summary: 'Do not remind the caller of a file after all',
  input: { fileId: p.int() },
  output: s.empty(),
  responses: { 404: s.empty() },
  probe,
  handle: ({ input, me, world, respond }) => respond(fileReminders.remove(world, me, input.fileId) ? 200 : 404),
})
