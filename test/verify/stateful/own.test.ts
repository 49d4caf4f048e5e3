import { describe, expect, it } from 'vitest'
import { createOcsMock } from '../../../src/index.ts'
import { textReport } from '../../../src/verify/reports/text.ts'
import { verify } from '../../../src/verify/run.ts'

const LOGINS = [{ user: 'admin', password: 'admin' }]

describe('our own fake', () => {
  it('does what the model says, and is afterwards as it was before', async () => {
    const ocs = createOcsMock({ onNotBuilt: () => {} })
    const verification = await verify({
      url: 'https://cloud.example.com',
      logins: LOGINS,
      only: /^nothing$/,
      fetch: ocs.fetch,
      write: true,
    })
    expect(verification.findings, textReport(verification)).toEqual([])
  })
})
