import { ExApp } from '../../support/exapp.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const exApp = new ExApp('my_app_id')
const seed = {
  users: [{ id: 'alice', password: 'secret' }],
  daemons: [{ name: 'manual_install', isDefault: true }],
  exApps: [{ id: 'my_app_id', name: 'My App', daemon: 'manual_install', port: 9031, secret: exApp.secret }],
}
const outgoing = async () => Response.json({ status: 'ok' })

everyTransport('what the pages for administrators ask AppAPI', { seed, outgoing }, (way) => {
  const ask = async (method: string, path: string, json?: object, as = 'admin:admin', more: object = {}) => {
    const response = await way.fetch(`/index.php/apps/app_api${path}`, {
      method,
      headers: {
        Authorization: `Basic ${btoa(as)}`,
        'OCS-APIRequest': 'true',
        Accept: 'application/json',
        ...(json ? { 'Content-Type': 'application/json' } : {}),
        ...more,
      },
      ...(json ? { body: JSON.stringify(json) } : {}),
    })
    const text = await response.text()
    return { status: response.status, data: text === '' ? null : JSON.parse(text) }
  }
  const daemon = {
    name: 'second',
    display_name: 'Second',
    accepts_deploy_id: 'manual-install',
    protocol: 'http',
    host: '127.0.0.1',
    deploy_config: { net: 'host', nextcloud_url: 'http://localhost/', haproxy_password: 'top-secret' },
  }
  const shown = { ...daemon, id: 2, deploy_config: { net: 'host', nextcloud_url: 'http://localhost' } }

  it('daemons are listed with their ExApps, registered, changed and unregistered', async () => {
    const made = await ask('POST', '/daemons', { daemonConfigParams: daemon, defaultDaemon: true })
    expect(made.data).toMatchObject({ success: true, daemonConfig: shown })
    expect(made.data.daemonConfig.deploy_config.haproxy_password).toMatch(/^[0-9a-f]{32}\|/)
    const { data } = await ask('GET', '/daemons')
    expect(data.default_daemon_config).toBe('second')
    expect(data.daemons).toMatchObject([
      { id: 1, name: 'manual_install', exAppsCount: 1 },
      { ...shown, deploy_config: { haproxy_password: 'dummySecret123' }, exAppsCount: 0 },
    ])

    const change = { name: 'second', display_name: 'Changed' }
    expect((await ask('PUT', '/daemons/second', { daemonConfigParams: change })).data).toEqual({
      success: true,
      daemonConfig: { id: 2, accepts_deploy_id: null, ...change, protocol: null, host: null, deploy_config: null },
    })
    expect((await ask('DELETE', '/daemons/second')).data).toMatchObject({ success: true, daemonConfig: { id: 2 } })
    expect((await ask('GET', '/daemons')).data).toMatchObject({ default_daemon_config: '', daemons: [{ id: 1 }] })
  })

  it('a mask for a password is none', async () => {
    await ask('POST', '/daemons', { daemonConfigParams: daemon })
    const deploy_config = { ...daemon.deploy_config, haproxy_password: 'dummySecret123' }
    await ask('PUT', '/daemons/second', { daemonConfigParams: { ...daemon, deploy_config } })
    expect(way.ocs.world.dump().tables.daemons).toMatchObject({
      second: { deployConfig: { haproxy_password: 'top-secret' } },
    })
  })

  it.each([
    ['of a name that is taken', { ...daemon, name: 'manual_install' }],
    ['whose host has a protocol', { ...daemon, host: 'http://127.0.0.1' }],
    ['of another protocol', { ...daemon, protocol: 'ftp' }],
    ['without anything', {}],
  ])('a daemon is refused: one %s', async (_, daemonConfigParams) => {
    expect((await ask('POST', '/daemons', { daemonConfigParams })).data).toEqual({ success: false, daemonConfig: null })
  })

  it('registries are added once and removed', async () => {
    const registryMap = { from: 'a', to: 'b' }
    const to = (path: string, map: object = registryMap) => ask('POST', `/daemons/${path}`, { registryMap: map })
    expect((await to('manual_install/add-registry')).data).toMatchObject({
      deploy_config: { registries: [registryMap] },
    })
    expect((await to('manual_install/add-registry')).data.error).toContain('already exists')
    expect((await to('manual_install/add-registry', { from: 'c', to: 'c' })).data.error).toContain('cannot be the same')
    expect((await to('manual_install/remove-registry')).data).toMatchObject({ deploy_config: { registries: [] } })
    expect((await to('manual_install/remove-registry')).data.error).toContain('does not exist')
    expect(await to('nope/add-registry')).toEqual({ status: 404, data: { error: 'Daemon config not found' } })
  })

  it('ExApps are listed, enabled, disabled and removed', async () => {
    const list = async () => (await ask('GET', '/apps/list')).data.apps
    expect(await list()).toMatchObject([
      { id: 'my_app_id', active: true, exAppUrl: 'http://127.0.0.1:9031', daemon: { name: 'manual_install' } },
    ])
    expect((await ask('GET', '/apps/status/my_app_id')).data).toMatchObject({ deploy: 100, init: 100 })
    expect(await ask('GET', '/apps/disable/my_app_id')).toEqual({ status: 200, data: [] })
    expect(await list()).toMatchObject([{ active: false, canUnInstall: true }])
    expect((await ask('POST', '/apps/enable/my_app_id/any', {})).data).toEqual({ data: { update_required: false } })
    expect(await list()).toMatchObject([{ active: true }])
    expect((await ask('GET', '/apps/uninstall/my_app_id')).status).toBe(200)
    expect(await list()).toEqual([])
    expect((await ask('GET', '/apps/status/my_app_id')).status).toBe(404)
    expect((await ask('POST', '/apps/enable/my_app_id/any', {})).status).toBe(500)
  })

  it('settings are texts', async () => {
    expect((await ask('PUT', '/admin-config', { values: { init_timeout: '30' } })).data).toBe(1)
    expect((await way.ocs.occ('config:app:get app_api init_timeout')).stdout).toBe('30\n')
    expect((await ask('PUT', '/admin-config', {})).status).toBe(400)
  })

  it('only administrators ask, and no forged request', async () => {
    expect(await ask('GET', '/daemons', undefined, 'alice:secret')).toEqual({
      status: 403,
      data: { message: 'Logged in account must be an admin' },
    })
    expect((await ask('GET', '/daemons', undefined, 'admin:wrong')).status).toBe(401)
    expect((await ask('GET', '/daemons', undefined, 'admin:admin', { 'OCS-APIRequest': '' })).status).toBe(412)
  })
})
