import { expect, it } from 'vitest'
import { painter } from '#cli/colour.ts'
import { jsonLine, requestLine } from '#cli/request-log.ts'
import type { JournalEntry } from '#journal/journal-entry.ts'

const entry: JournalEntry = {
  id: 1,
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  world: null,
  method: 'DELETE',
  path: '/ocs/v2.php/cloud/users/bob',
  query: 'format=json',
  headers: {},
  contentType: '',
  body: null,
  bodySize: 0,
  actor: 'admin',
  operation: 'provisioning_api-users-delete-user',
  outcome: 'answered',
  status: 200,
  ocs: { status: 200, message: 'OK' },
  why: { code: 'handler', sentence: 'provisioning_api-users-delete-user answered' },
  duration: 3.2,
  answer: { headers: {}, body: null, bodySize: 0 },
  changes: [],
}
const refused: JournalEntry = {
  ...entry,
  status: 412,
  ocs: null,
  why: { code: 'csrf', sentence: 'neither OCS-APIRequest nor a request token' },
}

it('says in one line what was asked, what was answered, how long it took, and to whom', () => {
  expect(requestLine(entry)).toBe('03:04:05  200  DELETE /ocs/v2.php/cloud/users/bob?format=json  3 ms  admin\n')
  expect(requestLine({ ...entry, duration: 0.2, actor: null, world: 'ci' })).toContain('format=json  <1 ms  -  in ci\n')
})

it('says why it was refused, or what had a hand in it', () => {
  expect(requestLine(refused)).toBe(
    '03:04:05  412  DELETE /ocs/v2.php/cloud/users/bob?format=json  3 ms  admin  (csrf: neither OCS-APIRequest nor a request token)\n',
  )
  expect(requestLine({ ...entry, fault: 'slow' })).toContain('  (fault "slow")\n')
  const inEnvelope = { ...entry, ocs: { status: 998, message: '' } }
  expect(requestLine(inEnvelope)).toContain('(handler: provisioning_api-users-delete-user answered)')
  const dropped = { ...entry, status: 0, why: { code: 'fault', sentence: 'fault "gone" (drop)' } } as const
  expect(requestLine(dropped)).toMatch(/ {2}--- {2}.*\(fault "gone" \(drop\)\)/)
})

it.each([40, 80, 100])('keeps to %d columns, with the reason below where it does not fit', (columns) => {
  const lines = requestLine({ ...refused, path: `/ocs/v2.php/apps/${'x'.repeat(80)}/end` }, { columns })
    .trimEnd()
    .split('\n')
  expect(lines.map(({ length }) => length <= Math.max(columns, 60))).toEqual(lines.map(() => true))
  expect(lines.join('\n')).toContain('(csrf: neither')
  expect(lines[0]).toMatch(/DELETE \/ocs.*…/)
})

it('is in colour where there is a terminal, unless the environment says otherwise', () => {
  const terminal = { isTerminal: true }
  const line = (output: { isTerminal: boolean }, env: Record<string, string>) =>
    requestLine(refused, { paint: painter(output, env) })
  expect(line(terminal, {})).toContain('\u001b[33m412\u001b[0m')
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }, { FORCE_COLOR: '0' }])
    expect(line(terminal, env)).toBe(requestLine(refused))
  expect(line({ isTerminal: false }, {})).toBe(requestLine(refused))
  expect(line({ isTerminal: false }, { FORCE_COLOR: '1', NO_COLOR: '1' })).toContain('\u001b[33m412')
})

it('is loud about what is not built', () => {
  const why = { code: 'not-built', sentence: 'ocs-mock does not implement it' } as const
  expect(requestLine({ ...entry, outcome: 'not-built', status: 501, why })).toContain(
    '(NOT BUILT HERE, not-built: ocs-mock does not implement it)',
  )
})

it('lets no control character of a caller reach the terminal', () => {
  expect(requestLine({ ...entry, path: '/\u001b[31m\n', query: '' })).toContain('200  DELETE /\ufffd[31m\ufffd  3 ms')
})

it('writes an event as one line of JSON', () => {
  expect(JSON.parse(jsonLine('request', entry))).toEqual({ event: 'request', ...entry })
})
