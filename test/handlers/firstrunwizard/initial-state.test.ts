import { expect, it } from 'vitest'
import { createOcsMock, type OcsMockWithHandlers } from '#index.ts'

const statesOf = async (ocs: OcsMockWithHandlers) => (await ocs.page()).description.initialStates

it('tells every page where clients are, or where the administrator says', async () => {
  const ocs = createOcsMock({ signedInAs: 'admin' })
  expect(await statesOf(ocs)).toMatchObject({
    'firstrunwizard-desktop': 'https://nextcloud.com/install/#install-clients',
    'firstrunwizard-android': 'https://play.google.com/store/apps/details?id=com.nextcloud.client',
    'firstrunwizard-ios': 'https://geo.itunes.apple.com/us/app/nextcloud/id1125420102?mt=8',
  })
  await ocs.occ('config:system:set customclient_ios --value https://example.com/ios')
  expect(await statesOf(ocs)).toMatchObject({ 'firstrunwizard-ios': 'https://example.com/ios' })
})

it.each([
  ['', false],
  ['1', false],
  ['1.1', true],
  ['2.0.0', true],
])('has only news for who saw the wizard of version "%s": %s', async (seen, isOnly) => {
  const ocs = createOcsMock({ signedInAs: 'admin' })
  if (seen !== '') await ocs.occ(`user:setting admin firstrunwizard show ${seen}`)
  expect('firstrunwizard-changelogOnly' in (await statesOf(ocs))).toBe(isOnly)
  await ocs.occ('config:app:set firstrunwizard wizard_enabled --value 0 --type boolean')
  expect(await statesOf(ocs)).not.toHaveProperty('firstrunwizard-changelogOnly')
})

it('says nothing before the login, nor while it is disabled', async () => {
  expect(await statesOf(createOcsMock())).not.toHaveProperty('firstrunwizard-desktop')
  const ocs = createOcsMock({ signedInAs: 'admin' })
  await ocs.occ('app:disable firstrunwizard')
  expect(await statesOf(ocs)).not.toHaveProperty('firstrunwizard-desktop')
})
