import { describe, expect, it } from 'vitest'
import type { Endpoint } from '#line/endpoint.ts'
import { shippedEndpoints } from '../../support/catalogue.ts'
import { drive, openCloud } from '../../support/written.ts'

/** Stories take a while on a busy machine. */
const LONG = { timeout: 120_000 }

function replaced(id: string, handle: Endpoint['handle']): Endpoint {
  const endpoint = shippedEndpoints.find((one) => one.id === id)
  if (!endpoint) throw new Error(`There is no ${id}.`)
  return { ...endpoint, handle }
}
const original = (id: string) => shippedEndpoints.find((one) => one.id === id)!.handle

/** What each of them does instead, and what is told of it. */
const FAULTS: readonly Endpoint[] = [
  replaced('provisioning_api-groups-delete-group', () => ({ status: 200, data: [] })),
  replaced('provisioning_api-users-edit-user', (args) =>
    args.input.key === 'website' ? { status: 200, data: [] } : original('provisioning_api-users-edit-user')(args),
  ),
  replaced('provisioning_api-users-add-sub-admin', () => ({ status: 104, data: [], message: 'Not today' })),
]

describe('a server with several faults', () => {
  it('has a finding for each, though all are in stories that depend on what was done', LONG, async () => {
    const cloud = await openCloud(...FAULTS)
    const { findings, notes } = await drive(cloud.fetch, { only: /^provisioning_api$/ })
    const told = findings.filter(({ severity }) => severity !== 'noted').map(({ operation }) => operation)
    expect([...new Set(told)].sort()).toEqual(FAULTS.map(({ id }) => id).sort())
    expect(notes.join('\n')).toMatch(/"a group from its beginning to its end": \d+ of \d+ steps were left out/)
  })
})

describe('a server that does not let go of an account', () => {
  it('is asked a bounded number of times to do so, and what stays is named', LONG, async () => {
    const cloud = await openCloud(replaced('provisioning_api-users-delete-user', () => ({ status: 200, data: [] })))
    const deletions = new Map<string, number>()
    const { left } = await drive(
      (input, init) => {
        const request = new Request(input, init)
        const [, id] = /\/cloud\/users\/(ocsmock-[^/?]+)$/.exec(new URL(request.url).pathname) ?? []
        if (request.method === 'DELETE' && id) deletions.set(id, (deletions.get(id) ?? 0) + 1)
        return cloud.fetch(request)
      },
      { only: /^provisioning_api$/ },
    )
    expect(left).toContain('does not let go of them')
    expect(Math.max(...deletions.values())).toBeLessThanOrEqual(6)
  })
})

describe('a run with a budget', () => {
  it('says how many stories it did not tell, and leaves nothing', LONG, async () => {
    const cloud = await openCloud()
    const { cutShort, left, findings } = await drive(cloud.fetch, { budget: 60 })
    expect(cutShort).toMatch(/^\d+ of \d+ stories were not told to their ends: the budget was spent\.$/)
    expect([left, findings]).toEqual([null, []])
  })
})

describe('a busy server', () => {
  it('that fails here once and there once has no findings, but notes', LONG, async () => {
    const cloud = await openCloud()
    const asked = new Map<string, number>()
    /** At which of the times that a field is set the server fails. */
    const failing: Readonly<Record<string, number>> = { website: 1, phone: 2, address: 3 }
    const { findings, notes } = await drive(
      async (input, init) => {
        const request = new Request(input, init)
        const { key } = Object.fromEntries(new URLSearchParams(await request.clone().text()))
        if (request.method !== 'PUT' || key === undefined || !Object.hasOwn(failing, key)) return cloud.fetch(request)
        const times = (asked.get(key) ?? 0) + 1
        asked.set(key, times)
        return times === failing[key] ? new Response('', { status: 500 }) : cloud.fetch(request)
      },
      { only: /^provisioning_api$/ },
    )
    expect([...new Set(findings.map(({ severity }) => severity))]).toEqual(['noted'])
    expect(findings.every(({ got }) => got.endsWith(', once'))).toBe(true)
    expect(notes.join('\n')).not.toContain('were left out')
  })
})
