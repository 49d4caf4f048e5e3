import { ExApp } from '../../support/exapp.ts'
import { directly, expect, it } from '../../support/ways.ts'

const admin = 'admin:admin'
const BASE = '/apps/app_api/api/v1'
const exApp = new ExApp('my_app_id')
/** An ExApp that says yes to everything. */
const agreeable = { outgoing: async () => Response.json({ status: 'ok' }) }
const seed = {
  users: [{ id: 'alice', password: 'secret' }],
  daemons: [{ name: 'manual_install' }],
  exApps: [{ id: 'my_app_id', daemon: 'manual_install', port: 9031, secret: exApp.secret }],
}

directly(
  'notifications of an ExApp',
  seed,
  (way) => {
    const notify = (params: object, userId = 'alice') =>
      way.ask('POST', `${BASE}/notification`, { headers: exApp.headers(userId), json: { params } })
    const told = { object: 'o', object_id: '1', subject_type: 's' }
    const rich = (text: string) => ({ rich_subject: text, rich_subject_params: {} })
    const list = async () =>
      (await way.ask('GET', '/apps/notifications/api/v2/notifications', { as: 'alice:secret' })).text.replaceAll(
        '\\/',
        '/',
      )

    way.inEveryWay('reach the account that it speaks for', async () => {
      const subject_params = {
        ...rich('Hello {who}'),
        rich_subject_params: { who: { type: 'user', id: 'admin', name: 'Admin' } },
        rich_message: 'A message',
        rich_message_params: {},
        link: 'https://example.org/',
      }
      expect((await notify({ ...told, subject_params })).code).toBe(200)
      const shown = await list()
      for (const text of [
        'Hello @Admin',
        'Hello {who}',
        'A message',
        'https://example.org/',
        '/apps/app_api/img/app-dark.svg',
      ]) {
        expect(shown).toContain(text)
      }
    })

    it('do not show without a subject, with a broken one, or with a link that is none', async () => {
      await notify({ ...told, subject_params: {} })
      await notify({ ...told, subject_params: { ...rich('Hello {who}') } })
      await notify({ ...told, subject_params: { ...rich('Hello'), link: '/relative' } })
      expect(await list()).not.toContain('my_app_id')
      await notify({ ...told, subject_params: { ...rich('Hello'), rich_message: '', rich_message_params: {} } })
      expect(await list()).toContain('Hello')
    })

    it('do not show while it is disabled', async () => {
      await notify({ ...told, subject_params: rich('Hello') })
      await way.ocs.occ('app_api:app:disable my_app_id')
      expect(await list()).not.toContain('Hello')
    })

    it.each([
      ['to nobody', told, ''],
      ['of no object', { ...told, object: '' }, 'alice'],
      ['of an id that is a number', { ...told, object_id: 1 }, 'alice'],
      ['of a subject that is too long', { ...told, subject_type: 'x'.repeat(65) }, 'alice'],
      ['of nothing at all', {}, 'alice'],
    ])('crash: one %s', async (_, params, userId) => {
      expect((await notify({ ...params, subject_params: {} }, userId)).code).toBe(996)
    })
  },
  agreeable,
)

directly(
  'forms of an ExApp',
  seed,
  (way) => {
    const headers = exApp.headers('alice')
    const send = (method: string, path: string, json?: unknown) => way.ask(method, `${BASE}${path}`, { headers, json })
    const scheme = {
      id: 'f',
      priority: 10,
      section_type: 'admin',
      section_id: 'ai',
      title: 'T',
      description: 'D',
      fields: [
        { id: 'x', title: 'X', type: 'text', default: 'dd' },
        { id: 'n', title: 'N', type: 'number', default: 3 },
        { id: 's', title: 'S', type: 'password', sensitive: true, default: '' },
      ],
    }
    const forms = async (as = admin) => (await way.ask('GET', '/settings/api/declarative/forms', { as })).text
    const fill = (json: object) => way.ask('POST', '/settings/api/declarative/value', { as: admin, json })

    way.inEveryWay('are kept as they are, shown and removed', async () => {
      ;(await send('POST', '/ui/settings', { formScheme: scheme })).expectData([])
      ;(await send('GET', '/ui/settings?formId=f')).expectData({ ...scheme, storage_type: 'external' })
      ;(await send('DELETE', '/ui/settings?formId=f')).expectData([])
      expect((await send('DELETE', '/ui/settings?formId=f')).code).toBe(404)
      expect((await send('GET', '/ui/settings?formId=f')).code).toBe(404)
      expect((await send('POST', '/ui/settings', { formScheme: { title: 'no id' } })).code).toBe(996)
    })

    it('are listed with their values, which the ExApp reads', async () => {
      await send('POST', '/ui/settings', { formScheme: scheme })
      expect(await forms()).toContain('my_app_id')
      expect(await forms('alice:secret')).not.toContain('my_app_id')

      ;(await fill({ app: 'my_app_id', formId: 'f', fieldId: 'x', value: 'chosen' })).expectData(null)
      ;(await fill({ app: 'my_app_id', formId: 'other', fieldId: 'x', value: 'ignored' })).expectData(null)
      expect((await fill({ app: 'my_app_id', formId: 'f', fieldId: 'none', value: 'v' })).code).toBe(400)
      expect(await forms()).toContain('chosen')
      ;(await send('POST', '/ex-app/config/get-values', { configKeys: ['x'] })).expectData([
        { configkey: 'x', configvalue: 'chosen' },
      ])
    })

    it('show secrets, which the ExApp gets as they are kept', async () => {
      await send('POST', '/ui/settings', { formScheme: scheme })
      await fill({ app: 'my_app_id', formId: 'f', fieldId: 's', value: 'top-secret' })
      expect(await forms()).toContain('top-secret')
      const read = await send('POST', '/ex-app/config/get-values', { configKeys: ['s'] })
      expect(read.text).toMatch(/[0-9a-f]{32}\|[0-9a-f]{32}\|[0-9a-f]{128}\|3/)
    })

    it('personal ones keep preferences', async () => {
      const fields = [{ id: 'y', title: 'Y', type: 'checkbox', default: true }]
      await send('POST', '/ui/settings', { formScheme: { ...scheme, id: 'p', section_type: 'personal', fields } })
      await fill({ app: 'my_app_id', formId: 'p', fieldId: 'y', value: false })
      const keys = { configKeys: ['y'] }
      ;(
        await way.ask('POST', `${BASE}/ex-app/preference/get-values`, { headers: exApp.headers('admin'), json: keys })
      ).expectData([{ configkey: 'y', configvalue: '' }])
      ;(await send('POST', '/ex-app/preference/get-values', keys)).expectData([])
    })

    it.each([
      ['has no fields', { fields: undefined }],
      ['repeats the field of another', {}],
      ['has a choice without options', { fields: [{ id: 'y', title: 'Y', type: 'select' }] }],
    ])('spoil the list of all forms where one %s', async (_, change) => {
      await send('POST', '/ui/settings', { formScheme: scheme })
      await send('POST', '/ui/settings', { formScheme: { ...scheme, id: 'g', ...change } })
      expect((await way.ask('GET', '/settings/api/declarative/forms', { as: admin })).code).toBe(996)
      await send('DELETE', '/ui/settings?formId=g')
      expect((await way.ask('GET', '/settings/api/declarative/forms', { as: admin })).code).toBe(200)
    })
  },
  agreeable,
)
