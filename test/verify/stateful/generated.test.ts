import { describe, expect, it } from 'vitest'
import { shippedEndpoints } from '../../support/catalogue.ts'
import { drive, openCloud } from '../../support/written.ts'

/** Stories take a while on a busy machine. */
const LONG = { timeout: 120_000 }
const GENERATE = { cases: 3, seed: 7 }
const only = /^user_status$/

describe('stories with generated texts', () => {
  it('show no deviation of our own fake', LONG, async () => {
    const { findings, steps } = await drive((await openCloud()).fetch, {
      only,
      generate: GENERATE,
    })
    expect(findings).toEqual([])
    expect(steps.length).toBeGreaterThan(0)
  })

  it('find a server that loses letters, and tell it with the smallest text that shows it', LONG, async () => {
    const endpoint = shippedEndpoints.find(({ id }) => id === 'user_status-get-status')!
    const lossy = await openCloud({
      ...endpoint,
      handle: async (args) => {
        const result = await endpoint.handle(args)
        const { message, ...data } = result.data as { message: string | null }
        return { ...result, data: { message: message?.replace(/[^ -~]/gu, '') ?? null, ...data } }
      },
    })
    const usual = await drive(lossy.fetch, { only })
    expect(usual.findings.filter(({ severity }) => severity !== 'noted')).toEqual([])
    const { findings } = await drive(lossy.fetch, { only, generate: GENERATE })
    const found = findings.filter(({ severity }) => severity !== 'noted')
    expect(found.map(({ where }) => where)).toContain('/ocs/data/message')
    const [, smallest] = /"a status with "(.+?)""/.exec(found[0]!.seen.join(' ')) ?? []
    expect([...smallest!]).toHaveLength(1)
  })

  it('are told again with the same texts by the same seed', LONG, async () => {
    const startedAt = 1_800_000_000_000
    const askedBy = async () => {
      const bodies: string[] = []
      const cloud = await openCloud()
      await drive(
        async (input, init) => {
          const request = new Request(input, init)
          if (request.url.includes('/message/custom')) bodies.push(await request.clone().text())
          return cloud.fetch(request)
        },
        { only, startedAt, run: 'aaaaaaaa', passwords: ['Zq7-one-Ka3_', 'Zq7-two-Ka3_'], generate: GENERATE },
      )
      return bodies
    }
    expect(await askedBy()).toEqual(await askedBy())
  })
})
