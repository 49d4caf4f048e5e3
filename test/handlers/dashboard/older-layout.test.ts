import { createOcsMock, loadProfile } from '#index.ts'
import { expect, it } from '../../support/ways.ts'

const URL = 'http://localhost/ocs/v2.php/apps/dashboard/api/v3/layout?format=json'
const headers = {
  'OCS-APIRequest': 'true',
  Authorization: `Basic ${btoa('admin:admin')}`,
  'Content-Type': 'application/json',
}

it.each([
  ['nextcloud-33', ['a', 'a', '', 'c'], ['a', 'a', 'c']],
  ['nextcloud-34', ['a', 'c'], ['a', 'c']],
] as const)('%s keeps a layout as %j and shows it as %j', async (name, kept, shown) => {
  const ocs = createOcsMock({ profile: await loadProfile(name) })
  const body = JSON.stringify({ layout: ['a', 'a', '', 'c'] })
  const layoutOf = async (response: Response) => (await response.json()).ocs.data.layout

  expect(await layoutOf(await ocs.fetch(URL, { method: 'POST', headers, body }))).toEqual(kept)
  expect(await layoutOf(await ocs.fetch(URL, { headers }))).toEqual(shown)
})
