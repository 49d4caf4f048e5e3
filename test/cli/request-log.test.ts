import { expect, it } from 'vitest'
import { jsonLine, requestLine } from '#cli/request-log.ts'
import type { JournalEntry } from '#journal/journal-entry.ts'

const entry: JournalEntry = {
  id: 1,
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  method: 'DELETE',
  path: '/ocs/v2.php/cloud/users/bob',
  query: 'format=json',
  contentType: '',
  body: null,
  bodySize: 0,
  actor: 'admin',
  operation: 'provisioning_api-users-delete-user',
  outcome: 'answered',
  status: 200,
}

it('says in one line what was asked, what was answered, and to whom', () => {
  expect(requestLine(entry)).toBe(
    '03:04:05 DELETE /ocs/v2.php/cloud/users/bob?format=json → 200 provisioning_api-users-delete-user, admin\n',
  )
})

it('is loud about what is not built', () => {
  expect(requestLine({ ...entry, outcome: 'not-built', status: 501 })).toContain(
    '→ 501 provisioning_api-users-delete-user (NOT BUILT HERE)',
  )
})

it('lets no control character of a caller reach the terminal', () => {
  expect(requestLine({ ...entry, path: '/\u001b[31m\n', query: '' })).toContain('DELETE /\ufffd[31m\ufffd → 200')
})

it('writes an event as one line of JSON', () => {
  expect(JSON.parse(jsonLine('request', entry))).toEqual({ event: 'request', ...entry })
})
