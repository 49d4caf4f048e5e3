import { beforeEach, describe, expect, it } from 'vitest'
import { createOcsMock, loadProfile, type OcsMock } from '#index.ts'

const profile = await loadProfile('owncloud-10')

let ocs: OcsMock

beforeEach(() => {
  ocs = createOcsMock({ profile, seed: { users: [{ id: 'alice', password: 'alice' }], groups: ['staff'] } })
})

interface Ask {
  readonly as?: string | null
  readonly method?: string
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

function fetchFrom(path: string, { as = 'admin:admin', method = 'GET', form, headers = {} }: Ask = {}) {
  return ocs.fetch(`http://localhost${path}`, {
    method,
    headers: { ...(as === null ? {} : { Authorization: `Basic ${btoa(as)}` }), ...headers },
    ...(form ? { body: new URLSearchParams(form) } : {}),
  })
}

/** Ask an operation of OCS in JSON. */
async function ask(path: string, options?: Ask) {
  const response = await fetchFrom(`${path}${path.includes('?') ? '&' : '?'}format=json`, options)
  const { meta, data } = (await response.json()).ocs
  return { status: response.status, headers: response.headers, meta, data }
}

const share = (form: Readonly<Record<string, string>>, as?: string) =>
  ask('/ocs/v2.php/apps/files_sharing/api/v1/shares', { method: 'POST', form, ...(as ? { as } : {}) })

describe('the envelope of ownCloud', () => {
  it('has no message where all is well, and counts nothing where the legacy exit answers', async () => {
    const { meta } = await ask('/ocs/v1.php/cloud/users')

    expect(meta).toEqual({ status: 'ok', statuscode: 100, message: null })
  })

  it('counts in v2 too, and says OK, where a controller answers', async () => {
    const { meta } = await ask('/ocs/v2.php/cloud/user')

    expect(meta).toEqual({ status: 'ok', statuscode: 200, message: 'OK', totalitems: '', itemsperpage: '' })
  })

  it('counts and has no message where a controller returns a result', async () => {
    const { meta } = await ask('/ocs/v2.php/apps/files_sharing/api/v1/shares')

    expect(meta).toEqual({ status: 'ok', statuscode: 200, message: null, totalitems: '', itemsperpage: '' })
  })

  it('is XML whatever Accept asks for, of another type than that of controllers', async () => {
    const legacy = await fetchFrom('/ocs/v1.php/cloud/users', { headers: { Accept: 'application/json' } })
    const controller = await fetchFrom('/ocs/v1.php/cloud/user')

    expect(legacy.headers.get('content-type')).toBe('text/xml; charset=UTF-8')
    expect(await legacy.text()).toContain('<message/>')
    expect(controller.headers.get('content-type')).toBe('application/xml; charset=utf-8')
  })

  it('has the status of HTTP in v2', async () => {
    const { status, meta } = await ask('/ocs/v2.php/cloud/users/nobody')

    expect([status, meta.statuscode, meta.message]).toEqual([404, 404, 'The requested user could not be found'])
  })

  it('needs neither OCS-APIRequest nor a token', async () => {
    expect((await ask('/ocs/v1.php/cloud/groups', { method: 'POST', form: { groupid: 'made' } })).meta.statuscode).toBe(
      100,
    )
  })
})

describe('who may call', () => {
  it.each(['/ocs/v2.php/cloud/users', '/ocs/v2.php/cloud/apps'])(
    '%s refuses those who are nobody, with a challenge',
    async (path) => {
      for (const as of [null, 'admin:wrong']) {
        const { status, meta, headers } = await ask(path, { as })
        expect([status, meta.statuscode, meta.message]).toEqual([401, 997, 'Unauthorised'])
        expect(headers.get('www-authenticate')).toContain('Basic')
      }
    },
  )

  it('tells whoever has a wrong password that there is no route where there is none', async () => {
    expect((await ask('/ocs/v1.php/nope', { as: 'admin:wrong' })).meta.statuscode).toBe(999)
  })

  it('refuses ordinary accounts what is for administrators in the same words', async () => {
    expect((await ask('/ocs/v1.php/cloud/apps', { as: 'alice:alice' })).meta).toMatchObject({ statuscode: 997 })
  })

  it('refuses a disabled account before it looks for a route', async () => {
    await ask('/ocs/v1.php/cloud/users/alice/disable', { method: 'PUT' })

    expect((await ask('/ocs/v1.php/nope', { as: 'alice:alice' })).meta.statuscode).toBe(997)
  })
})

describe('accounts of ownCloud', () => {
  it('tell their home, their quota as it was set, and whether a second factor is needed', async () => {
    await ask('/ocs/v1.php/cloud/users/alice', { method: 'PUT', form: { key: 'quota', value: '1048576' } })

    expect((await ask('/ocs/v1.php/cloud/users/alice')).data).toMatchObject({
      enabled: 'true',
      email: null,
      quota: { total: 1048576, definition: '1 MB' },
      home: '/var/www/html/data/alice',
      two_factor_auth_enabled: 'false',
    })
  })

  it.each([
    ['ab', 'The username must be at least 3 characters long'],
    ['x'.repeat(65), 'The username can not be longer than 64 characters'],
    [' lead', 'Username contains whitespace at the beginning or at the end'],
    ['', 'A valid username must be provided'],
  ])('are not made with the id %j', async (userid, message) => {
    const { meta } = await ask('/ocs/v1.php/cloud/users', { method: 'POST', form: { userid, password: 'secret' } })

    expect([meta.statuscode, meta.message]).toEqual([101, message])
  })

  it('are made in groups that there are, or not at all', async () => {
    const form = { userid: 'carol', password: 'secret', 'groups[]': 'ghosts' }
    const { status, meta } = await ask('/ocs/v2.php/cloud/users', { method: 'POST', form })

    expect([status, meta.message]).toEqual([403, 'group ghosts does not exist'])
    expect((await ask('/ocs/v2.php/cloud/users')).data.users).toEqual(['admin', 'alice'])
  })

  it('know no field that Nextcloud added', async () => {
    const form = { key: 'phone', value: '+49 711 252428' }

    expect((await ask('/ocs/v1.php/cloud/users/alice', { method: 'PUT', form })).meta.statuscode).toBe(997)
  })

  it('are managed by those who administer one of their groups', async () => {
    await ask('/ocs/v1.php/cloud/users/alice/subadmins', { method: 'POST', form: { groupid: 'staff' } })
    const made = { method: 'POST', as: 'alice:alice' } as const
    const form = { userid: 'dave', password: 'secret' }

    expect((await ask('/ocs/v1.php/cloud/users', { ...made, form })).meta.statuscode).toBe(106)
    const inGroup = { ...form, 'groups[]': 'staff' }
    expect((await ask('/ocs/v1.php/cloud/users', { ...made, form: inGroup })).meta.statuscode).toBe(100)
    expect((await ask('/ocs/v1.php/cloud/users', { as: 'alice:alice' })).data.users).toEqual(['dave'])
    expect((await ask('/ocs/v1.php/cloud/users/admin', { as: 'alice:alice' })).meta.statuscode).toBe(997)
  })
})

describe('groups and apps of ownCloud', () => {
  it('ignore an offset without a limit', async () => {
    expect((await ask('/ocs/v1.php/cloud/groups?offset=99')).data.groups).toEqual(['admin', 'staff'])
    expect((await ask('/ocs/v1.php/cloud/groups?limit=1&offset=1')).data.groups).toEqual(['staff'])
  })

  it('keep the places of disabled apps in the list of all', async () => {
    expect((await ask('/ocs/v1.php/cloud/apps?filter=disabled')).data.apps).toMatchObject({ 2: 'encryption' })
  })

  it('end in an empty page where upstream nothing catches the error', async () => {
    const response = await fetchFrom('/ocs/v1.php/cloud/apps/nosuchapp', { method: 'POST' })

    expect([response.status, await response.text()]).toEqual([200, ''])
  })
})

describe('shares of ownCloud', () => {
  it('of a file by link can be read, have a name, and are made again each time', async () => {
    const form = { path: '/welcome.txt', shareType: '3', name: 'For you', permissions: '31' }

    expect((await share(form)).data).toMatchObject({ id: '1', permissions: 1, name: 'For you', attributes: null })
    expect((await share(form)).data).toMatchObject({ id: '2' })
  })

  it('with an account are made once, and nothing can be made in a file', async () => {
    const form = { path: '/welcome.txt', shareType: '0', shareWith: 'alice' }

    expect((await share(form)).data).toMatchObject({ permissions: 19, share_with_additional_info: null })
    expect((await share(form)).meta).toMatchObject({ statuscode: 403, message: 'Path already shared with this user' })
  })

  it('show their state to those who received them, and can be changed by them', async () => {
    await share({ path: '/welcome.txt', shareType: '0', shareWith: 'alice' })
    const received = await ask('/ocs/v2.php/apps/files_sharing/api/v1/shares?shared_with_me=true', {
      as: 'alice:alice',
    })
    const changed = await ask('/ocs/v2.php/apps/files_sharing/api/v1/shares/1', {
      as: 'alice:alice',
      method: 'PUT',
      form: { permissions: '1' },
    })

    expect(received.data).toMatchObject([{ id: '1', state: 0 }])
    expect(changed.data).toMatchObject({ permissions: 1, attributes: '[]' })
  })

  it('with a group reach its members and take one number', async () => {
    await ask('/ocs/v1.php/cloud/users/alice/groups', { method: 'POST', form: { groupid: 'staff' } })
    await share({ path: '/welcome.txt', shareType: '1', shareWith: 'staff' })
    const received = await ask('/ocs/v2.php/apps/files_sharing/api/v1/shares?shared_with_me=true', {
      as: 'alice:alice',
    })

    expect(received.data).toMatchObject([{ id: '1', share_type: 1, share_with: 'staff' }])
    expect((await share({ path: '/welcome.txt', shareType: '3' })).data.id).toBe('2')
  })

  it.each([
    [{ shareType: '3' }, 404, 'Please specify a file or folder path'],
    [{ path: '/nosuch', shareType: '3' }, 404, `Wrong path, file/folder doesn't exist`],
    [{ path: '/welcome.txt' }, 400, 'Unknown share type'],
    [{ path: '/welcome.txt', shareType: '3', permissions: '0' }, 400, 'Cannot remove all permissions'],
    [{ path: '/welcome.txt', shareType: '3', expireDate: 'nope' }, 404, 'Invalid date, date format must be YYYY-MM-DD'],
    [{ path: '/welcome.txt', shareType: '0', shareWith: 'admin' }, 403, `Can't share with yourself`],
    [{ path: '/', shareType: '3' }, 403, `You can't share your root folder`],
  ])('are not made of %j', async (form, code, message) => {
    const { meta } = await share(form)

    expect([meta.statuscode, meta.message]).toEqual([code, message])
  })
})

describe('the rest of ownCloud', () => {
  it('says which version it is, with its edition and without what Nextcloud added', async () => {
    const status = await (await fetchFrom('/status.php', { as: null })).json()

    expect(status).toMatchObject({ productname: 'ownCloud', versionstring: '10.2.1', edition: 'Community' })
    expect(status).not.toHaveProperty('extendedSupport')
    expect((await ask('/ocs/v2.php/cloud/capabilities')).data).toMatchObject({
      version: { string: '10.2.1', edition: 'Community' },
      capabilities: { core: { status: { productname: 'ownCloud' } }, files: { undelete: true, versioning: true } },
    })
  })

  it('is loud where it has an operation that is not built', async () => {
    const response = await fetchFrom('/ocs/v2.php/privatedata/getattribute')

    expect(response.status).toBe(501)
    expect(response.headers.get('x-ocs-mock')).toBe('not-implemented')
  })

  it('knows no operation of Nextcloud', async () => {
    const { status, meta } = await ask('/ocs/v2.php/apps/user_status/api/v1/user_status')

    expect([status, meta.statuscode]).toEqual([500, 500])
    expect(meta.message).toContain('Invalid query, please check the syntax.')
  })

  it('has WebDAV', async () => {
    expect((await fetchFrom('/remote.php/webdav/welcome.txt')).status).toBe(200)
  })

  it('has apps of one’s own too', async () => {
    const { defineApp, defineEndpoint, s } = await import('#index.ts')
    const hello = defineEndpoint({
      id: 'hello-say',
      app: 'hello',
      method: 'GET',
      path: '/apps/hello',
      access: 'user',
      summary: 'Say hello',
      output: s.string(),
      handle: ({ ok }) => ok('hello'),
    })
    ocs = createOcsMock({ profile, apps: [defineApp('hello', { endpoints: [hello] })] })

    expect((await ask('/ocs/v2.php/apps/hello')).data).toBe('hello')
  })
})
