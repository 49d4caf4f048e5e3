import { test as base, expect } from '@playwright/test'
import type { OcsMock } from 'ocs-mock'
import { type OcsFixtures, type OcsServerFixtures, ocsMock, ocsMockServer } from 'ocs-mock/playwright'
import { expectTypeOf } from 'vitest'

const test = base.extend<OcsFixtures>(ocsMock({ signedInAs: 'admin', seed: { groups: ['staff'] } }))

test('has the fake beside the page', async ({ page, ocs }) => {
  await page.goto('/')
  expectTypeOf(ocs.journal).toEqualTypeOf<OcsMock['journal']>()
  expect(ocs.journal.entries.at(-1)).toMatchObject({ path: '/ocs/v2.php/cloud/groups', actor: 'admin' })
})

// What a file or a project chooses is laid over it.
test.use({ ocsOptions: { profile: 'nextcloud-33', signedInAs: 'admin', base: 'https://cloud.example.com' } })
// @ts-expect-error
test.use({ ocsOptions: { sed: {} } })

const served = base.extend<Pick<OcsFixtures, 'ocs'>, OcsServerFixtures>(ocsMockServer({ pages: {} }))
served('has a server beside the fake', async ({ ocs, ocsServer, request }) => {
  expectTypeOf(ocsServer.mock).toEqualTypeOf(ocs)
  await request.get(`${ocsServer.url}/status.php`)
})
