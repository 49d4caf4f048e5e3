import * as config from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const ALICE = { as: 'alice:alice' }
const PATH = '/apps/provisioning_api/api/v1/config/users'

directly('preferences', { users: [{ id: 'alice' }] }, (way) => {
  const kept = (app: string, key: string) => config.getUser(way.ocs.world, 'alice', app, key, 'none')

  way.inEveryWay('keeps what an app accepts, and forgets it', async () => {
    const path = `${PATH}/theming/primary_color`
    expect((await way.ask('POST', path, { ...ALICE, form: { configValue: '#ABC' } })).code).toBe(200)
    expect(kept('theming', 'primary_color')).toBe('#ABC')
    expect((await way.ask('DELETE', path, ALICE)).code).toBe(200)
    expect(kept('theming', 'primary_color')).toBe('none')
  })

  it('refuses what no app knows', async () => {
    for (const [key, value] of [
      ['core/lang', 'de'],
      ['theming/primary_color', 'red'],
      ['dav/user_status_automation', 'no'],
      ['core/apporder', '{"files":{"order":"first"}}'],
      ['core/apporder', '{"files":{"order":1,"app":"nosuch"}}'],
    ] as const) {
      const answer = await way.ask('POST', `${PATH}/${key}`, { ...ALICE, form: { configValue: value } })
      expect([answer.code, answer.message]).toEqual([400, ''])
    }
    expect((await way.ask('DELETE', `${PATH}/core/lang`, ALICE)).code).toBe(400)
  })

  it('fails over an order that is no JSON', async () => {
    const answer = await way.ask('POST', `${PATH}/core/apporder`, { ...ALICE, form: { configValue: '{' } })
    expect(answer.code).toBe(996)
  })

  way.inEveryWay('keeps several or none', async () => {
    const send = (configs: object) => way.ask('POST', `${PATH}/theming`, { ...ALICE, json: { configs } })
    expect((await send({ shortcuts_disabled: 'yes', primary_color: 'red' })).code).toBe(400)
    expect(kept('theming', 'shortcuts_disabled')).toBe('none')
    expect((await send({ shortcuts_disabled: 'yes', primary_color: '#000000' })).code).toBe(200)
    expect(kept('theming', 'shortcuts_disabled')).toBe('yes')
    expect((await send({ shortcuts_disabled: true })).code).toBe(996)
  })

  way.inEveryWay('forgets several or none', async () => {
    const path = (...keys: string[]) => `${PATH}/theming?${keys.map((key) => `configKeys[]=${key}`).join('&')}`
    await way.ask('POST', `${PATH}/theming/primary_color`, { ...ALICE, form: { configValue: '#000' } })
    expect((await way.ask('DELETE', path('primary_color', 'nosuch'), ALICE)).code).toBe(400)
    expect(kept('theming', 'primary_color')).toBe('#000')
    expect((await way.ask('DELETE', path('primary_color', 'shortcuts_disabled'), ALICE)).code).toBe(200)
    expect(kept('theming', 'primary_color')).toBe('none')
    expect((await way.ask('DELETE', `${PATH}/theming`, { ...ALICE, json: { configKeys: [1] } })).code).toBe(996)
  })

  it('wants a login', async () => {
    expect((await way.ask('DELETE', `${PATH}/core/apporder`)).code).toBe(997)
  })
})
