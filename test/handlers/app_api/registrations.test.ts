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
  'what an ExApp registers',
  seed,
  (way) => {
    const headers = exApp.headers('alice')
    const send = (method: string, path: string, json?: unknown) => way.ask(method, `${BASE}${path}`, { headers, json })

    for (const [path, query, input, shown, missing] of [
      [
        '/ui/top-menu',
        'name=m',
        { name: 'm', displayName: 'M', icon: '/img/i.svg' },
        { name: 'm', display_name: 'M', icon: 'img/i.svg', admin_required: 0 },
        'No such Top Menu entry',
      ],
      [
        '/ui/files-actions-menu',
        'name=a',
        { name: 'a', displayName: 'A', actionHandler: '/a' },
        {
          name: 'a',
          display_name: 'A',
          mime: 'file',
          permissions: '31',
          order: 0,
          icon: '',
          action_handler: 'a',
          version: '1.0',
        },
        'FileActionMenu not found',
      ],
      [
        '/ui/initial-state',
        'type=top_menu&name=m&key=k',
        { type: 'top_menu', name: 'm', key: 'k', value: { a: 1 } },
        { type: 'top_menu', name: 'm', key: 'k', value: { a: 1 } },
        'No such InitialState',
      ],
      [
        '/ui/script',
        'type=top_menu&name=m&path=js/x',
        { type: 'top_menu', name: 'm', path: '/js/x', afterAppId: 'core' },
        { type: 'top_menu', name: 'm', path: 'js/x', after_app_id: 'core' },
        'No such Script',
      ],
      [
        '/ui/style',
        'type=top_menu&name=m&path=css/x',
        { type: 'top_menu', name: 'm', path: 'css/x' },
        { type: 'top_menu', name: 'm', path: 'css/x' },
        'No such Style',
      ],
    ] as const) {
      way.inEveryWay(`${path}: is shown, replaced under its id, and removed`, async () => {
        ;(await send('POST', path, input)).expectData([])
        ;(await send('GET', `${path}?${query}`)).expectData({ id: 1, appid: 'my_app_id', ...shown })
        ;(await send('POST', path, input)).expectData([])
        ;(await send('GET', `${path}?${query}`)).expectData({ id: 1, appid: 'my_app_id', ...shown })
        ;(await send('DELETE', `${path}?${query}`)).expectData([])
        for (const method of ['GET', 'DELETE']) {
          const gone = await send(method, `${path}?${query}`)
          expect([gone.code, gone.message]).toEqual([404, missing])
        }
      })
    }

    way.inEveryWay('keeps the two versions of file actions as one', async () => {
      await send('POST', '/ui/files-actions-menu', { name: 'a', displayName: 'A', actionHandler: 'a' })
      await way.ask('POST', '/apps/app_api/api/v2/ui/files-actions-menu', {
        headers,
        json: { name: 'a', displayName: 'B', actionHandler: 'b' },
      })
      const shown = await send('GET', '/ui/files-actions-menu?name=a')
      if (shown.isJson) expect(shown.data).toMatchObject({ id: 1, display_name: 'B', version: '2.0' })
      else expect(shown.text).toContain('<version>2.0</version>')
    })

    it('loses what the page of an entry loads with the entry', async () => {
      const page = { type: 'top_menu', name: 'm' }
      await send('POST', '/ui/top-menu', { name: 'm', displayName: 'M' })
      await send('POST', '/ui/script', { ...page, path: 'js/x' })
      await send('POST', '/ui/script', { ...page, name: 'other', path: 'js/x' })
      await send('DELETE', '/ui/top-menu?name=m')
      expect((await send('GET', '/ui/script?type=top_menu&name=m&path=js/x')).code).toBe(404)
      expect((await send('GET', '/ui/script?type=top_menu&name=other&path=js/x')).code).toBe(200)
    })

    it('shows in the menu of apps, to those whom it is for', async () => {
      await send('POST', '/ui/top-menu', { name: 'm', displayName: 'Mine' })
      await send('POST', '/ui/top-menu', { name: 'adm', displayName: 'Theirs', icon: 'i.svg', adminRequired: 1 })
      const menu = async (as: string) => (await way.ask('GET', '/core/navigation/apps', { as })).text
      expect(await menu('alice:secret')).toContain('app_api_my_app_id_m')
      expect(await menu('alice:secret')).not.toContain('app_api_my_app_id_adm')
      const seen = (await menu(admin)).replaceAll('\\/', '/')
      expect(seen).toContain('/index.php/apps/app_api/embedded/my_app_id/adm')
      expect(seen).toContain('/index.php/apps/app_api/proxy/my_app_id/i.svg')
      await way.ocs.occ('app_api:app:unregister my_app_id --force')
      expect(await menu(admin)).not.toContain('my_app_id')
    })

    way.inEveryWay('settings and preferences are kept, read by key and deleted', async () => {
      for (const [path, owner, missing] of [
        ['/ex-app/config', {}, 'No appconfig_ex values deleted'],
        ['/ex-app/preference', { user_id: 'alice' }, 'No preferences_ex values deleted'],
      ] as const) {
        ;(await send('POST', path, { configKey: 'b', configValue: 'v' })).expectData({
          id: 1,
          ...owner,
          appid: 'my_app_id',
          configkey: 'b',
          configvalue: 'v',
          sensitive: 0,
        })
        await send('POST', path, { configKey: 'a', configValue: 'w', sensitive: 1 })
        ;(await send('POST', `${path}/get-values`, { configKeys: ['b', 'a', 'none'] })).expectData([
          { configkey: 'a', configvalue: 'w' },
          { configkey: 'b', configvalue: 'v' },
        ])
        const empty = await send('POST', path, { configKey: '', configValue: 'v' })
        expect([empty.code, empty.message]).toEqual([400, 'Config key cannot be empty'])
        ;(await send('DELETE', path, { configKeys: ['a', 'b', 'none'] })).expectData(2)
        const gone = await send('DELETE', path, { configKeys: ['a'] })
        expect([gone.code, gone.message]).toEqual([404, missing])
      }
    })

    it('preferences of nobody crash', async () => {
      for (const [method, path] of [
        ['POST', '/ex-app/preference'],
        ['POST', '/ex-app/preference/get-values'],
        ['DELETE', '/ex-app/preference'],
      ] as const) {
        const json = { configKey: 'k', configValue: 'v', configKeys: ['k'] }
        expect((await way.ask(method, `${BASE}${path}`, { headers: exApp.headers(), json })).code).toBe(996)
      }
    })

    way.inEveryWay('commands are shown and removed', async () => {
      const command = { name: 'a:b', description: 'd', execute_handler: '//h' }
      await send('POST', '/occ_command', command)
      ;(await send('GET', '/occ_command?name=a:b')).expectData({
        id: 1,
        appid: 'my_app_id',
        name: 'a:b',
        description: 'd',
        hidden: 0,
        arguments: [],
        options: [],
        usages: [],
        execute_handler: 'h',
      })
      ;(await send('DELETE', '/occ_command?name=a:b')).expectData([])
      expect((await send('DELETE', '/occ_command?name=a:b')).code).toBe(404)
      expect((await send('GET', '/occ_command?name=a:b')).code).toBe(404)
    })

    it('bots of Talk are refused: the release has no Talk', async () => {
      const refused = await send('POST', '/talk_bot', { name: 'B', route: 'r', description: 'd' })
      expect([refused.code, refused.message]).toEqual([400, 'Talk bots could not be registered'])
      const missing = await send('DELETE', '/talk_bot', { route: 'r' })
      expect([missing.code, missing.message]).toEqual([404, 'Talk bots could not be unregistered'])
      expect((await way.ask('POST', `${BASE}/talk_proxy/my_app_id/r/s`, { json: {} })).code).toBe(404)
    })
  },
  agreeable,
)
