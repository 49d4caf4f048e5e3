import { describe, expect, it } from 'vitest'
import { compareCases } from '#verify/changes/compare-cases.ts'
import type { RecordedCase } from '#verify/recording.ts'

function recorded(statuscode: number, message: string, kind: RecordedCase['kind'] = 'valid'): RecordedCase {
  const status = statuscode === 200 ? 'ok' : 'failure'
  const body = JSON.stringify({ ocs: { meta: { status, statuscode, message }, data: [] } })
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  const answers = [{ version: 2, format: 'json', status: 200, headers, body }] as const
  return { operation: 'zoo-look', app: 'zoo', kind, as: 'admin', path: '/zoo', query: '', answers }
}
const NO_ROUTE = 'Invalid query, please check the syntax. API specifications are here: https://example.org'
const compared = (before: RecordedCase, after: RecordedCase) =>
  compareCases(before, after).map(({ where, severity, rule }) => `${severity} ${rule} ${where}`)

describe('what became of an outcome', () => {
  it('is a new route, or one that is gone, whatever status says so', () => {
    for (const code of [998, 404]) {
      const absent = recorded(code, NO_ROUTE)
      expect(compared(absent, recorded(200, 'OK'))).toEqual(['undocumented added route'])
      expect(compared(recorded(200, 'OK'), absent)).toEqual(['breaks removed route'])
    }
    expect(compared(recorded(998, 'Not found'), recorded(200, 'OK'))).toEqual(['breaks changed /ocs/meta/statuscode'])
  })

  it('is a fact of people, where something that is asked for rightly has come or gone', () => {
    const absent = recorded(404, 'No status for the current user')
    expect(compared(absent, recorded(200, 'OK'))).toEqual(['noted changed /ocs/meta/statuscode'])
    expect(compared(recorded(200, 'OK'), absent)).toEqual(['noted changed /ocs/meta/statuscode'])
  })

  it('breaks clients in all other cases', () => {
    const breaks = ['breaks changed /ocs/meta/statuscode']
    expect(compared(recorded(200, 'OK'), recorded(403, 'No'))).toEqual(breaks)
    expect(compared(recorded(404, 'None', 'unknown-id'), recorded(200, 'OK', 'unknown-id'))).toEqual(breaks)
  })
})
