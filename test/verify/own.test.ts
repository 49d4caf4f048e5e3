import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import { textReport } from '#verify/reports/text.ts'
import { verify } from '#verify/verify.ts'
import { shipped } from '../support/catalogue.ts'

const LOGINS = [
  { user: 'admin', password: 'admin' },
  { user: 'alice', password: 'alice' },
]

describe('our own fake', () => {
  it('answers every operation as its definition says', async () => {
    const ocs = createOcsMock({ seed: { users: [{ id: 'alice', groups: ['staff'] }] }, onNotBuilt: () => {} })
    const verification = await verify({
      url: 'https://cloud.example.com',
      catalogue: shipped.catalogue,
      logins: LOGINS,
      fetch: ocs.fetch,
    })
    expect(verification.findings, textReport(verification)).toEqual([])
    expect(verification.operations.filter(({ verdict }) => verdict === 'conforms').length).toBeGreaterThan(30)
    // Some thousand questions: more than other tests take on a busy machine.
  }, 180_000)
})
