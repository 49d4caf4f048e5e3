import * as config from '#world/settings/config.ts'
import { directly, expect, it, type Way } from '../../support/ways.ts'

const ADMIN = { as: 'admin:admin' }
const ask = (way: Way, as?: string) => way.ask('GET', '/cloud/capabilities', as ? { as } : {})
const set = (way: Way, app: string, key: string, value: string) => config.setApp(way.ocs.world, app, key, value)

directly('GET /cloud/capabilities', { users: [{ id: 'alice', language: 'de' }] }, (way) => {
  it('shows anonymous callers how the instance looks and little else', async () => {
    const answer = await ask(way)
    expect(answer.code).toBe(200)
    for (const shown of ['"bruteforce"', '"theming"', '"app_api"'])
      expect(answer.text).toContain(shown.replaceAll('"', ''))
    for (const hidden of ['pollinterval', 'files_sharing', 'loglevel']) expect(answer.text).not.toContain(hidden)
  })

  way.inEveryWay('tells accounts what all enabled apps can do, and their own settings', async () => {
    const answer = await ask(way, 'alice:alice')
    for (const app of ['files_sharing', 'notifications', 'user_status', 'dav', 'circles'])
      expect(answer.text).toContain(app)
    expect(answer.text).toContain(answer.isJson ? '"language":"de"' : '<language>de</language>')
  })

  it('follows the apps that are enabled', async () => {
    await ask(way, 'admin:admin')
    await way.ask('DELETE', '/cloud/apps/user_status', ADMIN)
    expect((await ask(way, 'admin:admin')).text).not.toContain('supports_emoji')
    await way.ask('POST', '/cloud/apps/user_status', ADMIN)
    expect((await ask(way, 'admin:admin')).text).toContain('supports_emoji')
  })

  way.inEveryWay('follows settings of sharing', async () => {
    await ask(way, 'admin:admin')
    set(way, 'core', 'shareapi_default_expire_date', '1')
    set(way, 'core', 'shareapi_expire_after_n_days', '3')
    const answer = await ask(way, 'admin:admin')
    expect(answer.text).toContain(answer.isJson ? '"days":3,"enforced":false' : '<days>3</days>')
    set(way, 'core', 'shareapi_enabled', 'no')
    const off = await ask(way, 'admin:admin')
    expect(off.text).toContain(off.isJson ? '"api_enabled":false' : '<api_enabled></api_enabled>')
  })

  it('follows theming, for everyone and for one account', async () => {
    set(way, 'theming', 'name', 'My <b>cloud</b>')
    set(way, 'theming', 'primary_color', '#ffee00')
    config.setUser(way.ocs.world, 'alice', 'theming', 'primary_color', '#123456')
    const anonymous = await ask(way)
    expect(anonymous.text).toContain('My cloud')
    expect(anonymous.text).toContain('#ffee00')
    expect((await ask(way, 'alice:alice')).text).toContain('#123456')
  })

  way.inEveryWay('follows the password policy and the names that files may not have', async () => {
    set(way, 'password_policy', 'minLength', '4')
    config.setSystem(way.ocs.world, 'forbidden_filenames', ['NUL'])
    const answer = await ask(way, 'admin:admin')
    expect(answer.text).toContain(answer.isJson ? '"minLength":4' : '<minLength>4</minLength>')
    expect(answer.text).toContain('nul')
  })

  way.inEveryWay('writes a remark about a deprecated member as a comment in XML', async () => {
    const answer = await ask(way, 'admin:admin')
    expect(answer.text).toContain(answer.isJson ? '"$comment":"\\"blacklisted' : '<!--"blacklisted')
  })

  way.inEveryWay('has an ETag, and 304 for those who know the state', async () => {
    const first = await ask(way, 'admin:admin')
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
    const again = await way.ask('GET', '/cloud/capabilities', { ...ADMIN, headers: { 'If-None-Match': etag } })
    if (way.version === 2) expect([again.status, again.text]).toEqual([304, ''])
    else expect([again.status, again.code]).toEqual([200, 304])
    set(way, 'theming', 'name', 'Other')
    expect((await ask(way, 'admin:admin')).headers.get('etag')).not.toBe(etag)
  })

  it('wants a header against forgery also from anonymous callers', async () => {
    const answer = await way.ask('GET', '/cloud/capabilities', { ocs: false })
    expect(answer.status).toBe(412)
  })
})
