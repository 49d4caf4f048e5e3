import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OcsMockServer, serve } from '#server.ts'
import { type ExploreOptions, Explorer, type Told } from '../../scripts/differential/explore.ts'
import { GivenOut } from '../../scripts/differential/given-out.ts'
import { harmlessOperations } from '../../scripts/differential/operations.ts'
import { shrink } from '../../scripts/differential/shrink.ts'

let fake: OcsMockServer
let other: OcsMockServer
beforeAll(async () => {
  fake = await serve({ onNotBuilt: () => {} })
  other = await serve({ onNotBuilt: () => {} })
})
afterAll(async () => {
  await fake.close()
  await other.close()
})

async function explored(options: Partial<ExploreOptions> = {}): Promise<Told[]> {
  const told: Told[] = []
  const operations = await harmlessOperations(/^user_status$/)
  const explorer = new Explorer({
    ...{ fake: fake.url, real: other.url, admin: 'admin:admin', operations, seed: 5, sessions: 3, length: 12 },
    known: new Set(),
    ...options,
  })
  for await (const one of explorer.explore()) told.push(one)
  return told
}

it('finds nothing between two servers that are alike', { timeout: 60_000 }, async () => {
  expect(await explored()).toEqual([])
  expect(other.mock.journal.count).toBeGreaterThan(50)
})

it('tells a difference once, by the shortest session that shows it', { timeout: 60_000 }, async () => {
  other.mock.faults.add({ replace: { operation: 'user_status-predefined_status-find-all', data: [] } })
  const known = new Set<string>()
  const told = await explored({ known })
  other.mock.faults.clear()
  expect(told.length).toBeGreaterThan(0)
  for (const { kind, steps } of told) {
    expect(kind).toContain('user_status-predefined_status-find-all | ')
    expect(steps?.map(({ what }) => what)).toEqual(['user_status-predefined_status-find-all'])
  }
  expect(new Set(told.map(({ kind }) => kind)).size).toBe(told.length)
  expect(await explored({ known })).toEqual([])
})

it('removes from both what it made', { timeout: 60_000 }, async () => {
  await explored()
  for (const { mock } of [fake, other]) {
    const answer = await mock.fetch('https://cloud.example.com/ocs/v2.php/cloud/users?format=json', {
      headers: { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' },
    })
    expect((await answer.json()).ocs.data.users).toEqual(['admin'])
  }
})

it('shrinks to the items that are needed', async () => {
  const needs = async (part: readonly number[]) => part.includes(3) && part.includes(11)
  expect(await shrink([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], needs)).toEqual([3, 11])
})

it('reads a long answer in no time', () => {
  const picture = 'AbCd0123'.repeat(50_000)
  expect(new GivenOut().neutral(`{"objects":{"17":"/a.txt"},"photo":"${picture}"}`)).toBe(
    `{"objects":{"N /a.txt":"/a.txt"},"photo":"${picture}"}`,
  )
})
