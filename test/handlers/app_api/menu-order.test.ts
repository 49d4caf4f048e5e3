import { expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const USER = { id: 'alice', password: 'alice' }
const exApps = ['zebra', 'anchor'].map((id, i) => ({ id, daemon: 'manual_install', port: 9031 + i, secret: '12345' }))

// Nextcloud 34.0.1, source: it lists them by ExApp and name, and its sort turns around what says no order.
it('the menu has entries of ExApps after those of apps, the last by ExApp and name first', async () => {
  const ocs = createOcsMock({ seed: { users: [USER], daemons: [{ name: 'manual_install' }], exApps } })
  for (const [id, name, displayName] of [
    ['zebra', 'b', 'Second'],
    ['zebra', 'a', 'Third'],
    ['anchor', 'z', 'First'],
  ]) {
    const answer = await ocs.fetch('http://localhost/ocs/v2.php/apps/app_api/api/v1/ui/top-menu', {
      method: 'POST',
      headers: {
        'EX-APP-ID': id!,
        'EX-APP-VERSION': '1.0.0',
        'AUTHORIZATION-APP-API': btoa(':12345'),
        'OCS-APIRequest': 'true',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ name, displayName }),
    })
    expect(answer.status).toBe(200)
  }

  const menu = await ocs.fetch('http://localhost/ocs/v2.php/core/navigation/apps?format=json', {
    headers: { Authorization: `Basic ${btoa('alice:alice')}`, 'OCS-APIRequest': 'true' },
  })
  const ids = (await menu.json()).ocs.data.map(({ id }: { id: string }) => id)
  const [first, ...others] = ids.slice(-4)
  expect(first).not.toMatch(/^app_api_/)
  expect(others).toEqual(['app_api_zebra_b', 'app_api_zebra_a', 'app_api_anchor_z'])
})
