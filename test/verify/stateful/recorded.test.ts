import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { judgeStatefulRecording, readStatefulRecording } from '#verify/stateful/recording.ts'
import { shipped } from '../../support/catalogue.ts'

const folder = fileURLToPath(new URL('../../../fixtures/recorded/nextcloud-34.0.1', import.meta.url))

describe('a run that changed a real server', () => {
  it('conforms to our model', { timeout: 120_000 }, async () => {
    const { findings, notes, left, steps } = await judgeStatefulRecording(
      readStatefulRecording(folder)!,
      shipped.catalogue,
    )
    expect(findings).toEqual([])
    expect([notes, left]).toEqual([[], null])
    expect(steps.length).toBeGreaterThan(300)
  })

  it('is found out where one recorded answer is another', { timeout: 120_000 }, async () => {
    const text = JSON.stringify(readStatefulRecording(folder)).replaceAll('Carol of ocs-mock', 'Caroline')
    const { findings } = await judgeStatefulRecording(JSON.parse(text), shipped.catalogue)
    expect(findings[0]).toMatchObject({ operation: 'provisioning_api-users-edit-user', rule: 'state' })
  })
})
