import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { judgeRecording } from '#verify/record.ts'
import { readRecording } from '#verify/recording.ts'
import { shipped } from '../support/catalogue.ts'

const folder = fileURLToPath(new URL('../../fixtures/recorded/', import.meta.url))

describe('a server that our recorder asked', () => {
  it.each(readdirSync(folder))('%s conforms to our definitions', async (name) => {
    const recording = readRecording(folder + name)
    expect(recording.cases.length).toBeGreaterThan(50)
    expect(await judgeRecording(recording, shipped.catalogue)).toEqual([])
  })

  it('is found out where one recorded answer is another', async () => {
    const [first] = readdirSync(folder)
    const recording = readRecording(folder + first)
    const text = JSON.stringify(recording).replace('Logged in account must be an admin', 'Ask somebody else')
    const changed = text === JSON.stringify(recording) ? text.replace('\\"users\\":[', '\\"people\\":[') : text
    expect((await judgeRecording(JSON.parse(changed), shipped.catalogue)).length).toBeGreaterThan(0)
  })
})
