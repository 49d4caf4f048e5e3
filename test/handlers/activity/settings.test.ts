import { Browser } from '../../support/browser.ts'
import { directly, expect, it } from '../../support/ways.ts'

directly('the settings of activity', { users: [{ id: 'alice', password: 'secret' }] }, (way) => {
  const send = async (as: string, path: string, form: Record<string, string>) => {
    const browser = new Browser(way)
    await browser.logIn(as, as === 'admin' ? 'admin' : 'secret')
    const requesttoken = await browser.requestToken()
    const answer = await browser.open('POST', `/index.php/apps/activity/settings${path}`, form, { requesttoken })
    return [answer.status, await answer.json()]
  }
  const value = async (...args: string[]) => (await way.ocs.occ(args)).stdout.trim()

  it('are kept for whoever sends them', async () => {
    expect(
      await send('alice', '', { public_links_email: '1', notify_setting_batchtime: '3', notify_setting_self: '1' }),
    ).toEqual([200, { data: { message: 'Your settings have been updated.' } }])
    const mine = (key: string) => value('user:setting', 'alice', 'activity', key)
    expect(await mine('notify_email_public_links')).toBe('1')
    expect(await mine('notify_setting_batchtime')).toBe('0')
    expect([await mine('notify_setting_self'), await mine('notify_setting_selfemail')]).toEqual(['1', '0'])
  })

  it('are changed for everybody by administrators alone', async () => {
    expect((await send('alice', '/admin', {}))[0]).toBe(403)
    expect(await send('admin', '/admin', { file_changed_notification: '1' })).toEqual([
      200,
      { data: { message: 'Settings have been updated.' } },
    ])
    expect(await value('config:app:get', 'activity', 'notify_notification_file_changed')).toBe('1')
    expect(await value('config:app:get', 'activity', 'notify_setting_batchtime')).toBe('3600')
  })
})
