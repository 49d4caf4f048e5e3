import { test as base, expect } from '@playwright/test'
import { type OcsFixtures, ocsMock } from 'ocs-mock/playwright'

const test = base.extend<OcsFixtures>(
  ocsMock({ signedInAs: 'admin', seed: { groups: ['staff'] }, page: true, failOnUnanswered: true }),
)

test('creates a group', async ({ page, ocs }) => {
  await page.goto('/')
  await expect(page.getByRole('heading')).toHaveText('Groups, for admin')
  await expect(page.getByRole('listitem')).toHaveText(['admin', 'staff'])
  await page.getByLabel('Name').fill('readers')
  await page.getByRole('button').click()
  await expect(page.getByRole('listitem')).toHaveText(['admin', 'readers', 'staff'])
  ocs.journal.expect({ operation: 'provisioning_api-groups-add-group', actor: 'admin', times: 1 })
})

test('begins anew, with another answer to one operation', async ({ page, ocs }) => {
  ocs.answer('provisioning_api-groups-get-groups', { groups: ['only this'] })
  await page.goto('/')
  await expect(page.getByRole('listitem')).toHaveText(['only this'])
})

test('says that it was not created', async ({ page, ocs }) => {
  await page.goto('/')
  ocs.faults.add({ on: { operation: 'provisioning_api-groups-add-group' }, drop: 'request' })
  await page.getByLabel('Name').fill('readers')
  await page.getByRole('button').click()
  await expect(page.getByRole('status')).toHaveText('Not created: Network Error')
})

test('lives in another year, on both sides', async ({ page, ocs }) => {
  await page.clock.setFixedTime('2031-05-01T12:00:00Z')
  await page.goto('/')
  await expect(page.getByText('2031-05-01')).toBeVisible()
  expect(new Date(ocs.world.clock.now()).getUTCFullYear()).toBe(2031)
})

test.describe('for another account', () => {
  test.use({ ocsOptions: { signedInAs: 'bob', seed: { users: [{ id: 'bob', displayName: 'Bob' }] } } })

  test('has its name, and asks what the server keeps from it', async ({ page, request }) => {
    await page.goto('/')
    await expect(page.getByRole('heading')).toHaveText('Groups, for Bob')
    const me = await request.get('/ocs/v2.php/cloud/user?format=json', { headers: { 'OCS-APIRequest': 'true' } })
    expect((await me.json()).ocs.data.id).toBe('bob')
  })
})
