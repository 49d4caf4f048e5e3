import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import * as tokens from '#world/accounts/tokens.ts'

const BASE = 'https://cloud.example.com'
const basic = (login: string, password: string) => ({
  Authorization: `Basic ${btoa(`${login}:${password}`)}`,
  'OCS-APIRequest': 'true',
})

function lostPhone() {
  const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] } })
  const made = { userId: 'alice', loginName: 'alice', name: 'Phone', type: 'app-password' } as const
  const { token } = tokens.create(ocs.world, made)
  const user = () => ocs.fetch(`${BASE}/ocs/v2.php/cloud/user?format=json`, { headers: basic('alice', token) })
  const device = async (what: 'check' | 'success', body: Record<string, string> = { token }) => {
    const response = await ocs.fetch(`${BASE}/index.php/core/wipe/${what}`, {
      method: 'POST',
      body: new URLSearchParams(body),
    })
    return [response.status, await response.text()]
  }
  const wipe = () =>
    ocs.fetch(`${BASE}/ocs/v2.php/cloud/users/alice/wipe`, { method: 'POST', headers: basic('admin', 'admin') })
  return { ocs, user, device, wipe }
}

describe('a device that is lost', () => {
  it('is let in and told nothing before its wipe', async () => {
    const { user, device } = lostPhone()
    expect((await user()).status).toBe(200)
    expect(await device('check')).toEqual([404, '[]'])
    expect(await device('success')).toEqual([404, '[]'])
    expect(await device('check', {})).toEqual([400, ''])
  })

  it('is not let in any more, learns why, and says that it is done', async () => {
    const { user, device, wipe } = lostPhone()
    await wipe()
    expect((await user()).status).toBe(401)
    expect(await device('check')).toEqual([200, '{"wipe":true}'])
    expect(await device('success')).toEqual([200, '[]'])
    expect(await device('check')).toEqual([404, '[]'])
  })

  it('leaves notifications for its owner', async () => {
    const { ocs, device, wipe } = lostPhone()
    await wipe()
    await device('check')
    await device('success')
    const path = '/ocs/v2.php/apps/notifications/api/v2/notifications?format=json'
    const told = await (await ocs.fetch(BASE + path, { headers: basic('alice', 'alice') })).text()
    expect(told).toContain('A remote wipe was started on device Phone')
    expect(told).toContain('The remote wipe on Phone has finished')
  })
})
