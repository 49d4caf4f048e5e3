import { setupServer } from 'msw/node'
import { createOcsMock } from 'ocs-mock'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { app } from './bookmarks_lite/app.ts'

const ocs = createOcsMock({ apps: [app], seed: { users: [{ id: 'alice' }] }, signedInAs: 'alice' })
const server = setupServer(...ocs.handlers)
beforeAll(() => server.listen())
beforeEach(() => ocs.reset())
afterAll(() => server.close())

/** What our client would do. */
async function bookmarks(): Promise<{ url: string }[]> {
  const address = 'https://cloud.example.com/ocs/v2.php/apps/bookmarks_lite/bookmarks?format=json'
  const { ocs: answer } = await (await fetch(address)).json()
  return answer.data
}

it('starts with what the seed says', async () => {
  ocs.reset({ bookmarks: [{ user: 'alice', url: 'https://example.com' }] })

  expect(await bookmarks()).toMatchObject([{ url: 'https://example.com' }])
})

it('changes as the scenario says', async () => {
  await ocs.scenario.start({
    steps: [{ after: '1h', addBookmark: { user: 'alice', url: 'https://example.com/gift' } }],
  })
  expect(await bookmarks()).toEqual([])

  ocs.world.clock.advance('1h')

  await ocs.scenario.settled()
  expect(await bookmarks()).toMatchObject([{ url: 'https://example.com/gift' }])
})

it('answers 998 while the app is disabled', async () => {
  await ocs.occ('app:disable bookmarks_lite')

  const response = await fetch('https://cloud.example.com/ocs/v1.php/apps/bookmarks_lite/bookmarks?format=json')

  expect((await response.json()).ocs.meta.statuscode).toBe(998)
})
