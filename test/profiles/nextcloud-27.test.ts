import { beforeEach, describe, expect, it } from 'vitest'
import { createOcsMock, loadProfile, type OcsMock } from '#index.ts'

const SEED = { users: ['ben', 'cleo'], files: { ben: { '/plan.txt': 'x', '/folder/inside.txt': 'y' } } }
const SHARES = '/ocs/v2.php/apps/files_sharing/api/v1/shares'

type Form = Readonly<Record<string, string>>

let ocs: OcsMock
const of = async (profile: string) => createOcsMock({ profile: await loadProfile(profile), seed: SEED })

async function ask(method: string, path: string, form?: Form, user = 'ben', mock = ocs) {
  const headers = {
    Authorization: `Basic ${btoa(`${user}:${user}`)}`,
    'OCS-APIRequest': 'true',
    Accept: 'application/json',
  }
  const body = form ? { body: new URLSearchParams(form) } : {}
  const response = await mock.fetch(`http://localhost${path}`, { method, headers, ...body })
  const { meta, data } = (await response.json()).ocs
  return { meta: `${meta.statuscode} ${meta.message}`, data }
}

const share = (form: Form, mock = ocs) =>
  ask('POST', SHARES, { path: '/plan.txt', shareType: '0', shareWith: 'cleo', ...form }, 'ben', mock)

beforeEach(async () => {
  ocs = await of('nextcloud-27')
})

describe('a share in Nextcloud 27', () => {
  it.each(['-1', '32'])('does not know permissions %s, whatever else is wrong', async (permissions) => {
    expect((await share({ permissions, shareWith: 'nobody' })).meta).toBe('404 Invalid permissions')
  })

  it('says of attributes that are no list what was to escape the quotes', async () => {
    expect((await share({ attributes: 'x' })).meta).toBe('400 Invalid share attributes provided: \\"x\\"')
    expect((await share({ attributes: 'x' }, await of('nextcloud-34'))).meta).toBe(
      '400 Invalid share attributes provided: "x"',
    )
  })

  it('has attributes that are enabled, where later ones have a value', async () => {
    const attributes = JSON.stringify([{ scope: 'permissions', key: 'download', enabled: false }])
    expect((await share({ attributes })).data.attributes).toBe(attributes)
  })

  it('ignores parameters that came later, of whatever kind', async () => {
    expect((await share({ 'sendMail[]': 'x' })).meta).toBe('200 OK')
  })

  it('ignores that strangers may not write where it is said in the old way', async () => {
    const made = await share({ path: '/folder', shareType: '3', permissions: '15', publicUpload: 'false' })
    expect(made.data.permissions & 4).toBe(4)
  })

  it('says why a change of it failed', async () => {
    const { data } = await share({ permissions: '1' })
    const change = async (permissions: string) => (await ask('PUT', `${SHARES}/${data.id}`, { permissions })).meta
    expect(await change('-1')).toBe('404 Cannot increase permissions of /plan.txt')
    expect(await change('0')).toBe('400 Shares need at least read permissions')
    expect(await change('9')).toBe('403 Files cannot be shared with delete permissions')
    expect(await change('5')).toBe('404 Cannot increase permissions of /plan.txt')
  })

  it('says why there is none', async () => {
    expect((await share({ shareWith: 'ben' })).meta).toBe('403 Cannot share with yourself')
    const set = (key: string, value: string) =>
      ask('POST', `/ocs/v2.php/apps/provisioning_api/api/v1/config/apps/core/${key}`, { value }, 'admin')
    await set('shareapi_only_share_with_group_members', 'yes')
    expect((await share({})).meta).toBe('403 Sharing is only allowed with group members')
    expect((await share({ shareType: '1', shareWith: 'admin' })).meta).toBe(
      '403 Sharing is only allowed within your own groups',
    )
    await set('shareapi_enabled', 'no')
    expect((await share({})).meta).toMatch(/^404 /)
  })
})

describe('Nextcloud 27', () => {
  it('has made a file before it looks for the template', async () => {
    const make = async () => {
      const form = { filePath: '/new.md', templatePath: '/nothing.md' }
      return (await ask('POST', '/ocs/v2.php/apps/files/api/v1/templates/create', form)).meta
    }
    expect(await make()).toBe('403 Failed to create file from template')
    expect(await make()).toBe('403 File already exists')
  })

  it('takes settings of what could not be the id of an app', async () => {
    const path = (app: string) => `/ocs/v2.php/apps/provisioning_api/api/v1/config/apps/${app}`
    expect((await ask('GET', path('42'), undefined, 'admin')).meta).toBe('200 OK')
    expect((await ask('GET', path('a..b'), undefined, 'admin')).data).toEqual({
      data: { message: 'Invalid app id given' },
    })
  })

  it('has ids of groups of any length, and does not shorten them', async () => {
    const id = 'g'.repeat(300)
    expect((await ask('POST', '/ocs/v2.php/cloud/groups', { groupid: id }, 'admin')).meta).toBe('200 OK')
    expect((await ask('GET', '/ocs/v2.php/cloud/groups', undefined, 'admin')).data.groups).toContain(id)
  })

  it('has 101 for a name that is too long, where it has 102 for what else cannot be', async () => {
    const set = async (key: string, value: string) =>
      (await ask('PUT', '/ocs/v2.php/cloud/users/ben', { key, value }, 'admin')).meta
    expect(await set('displayname', 'n'.repeat(65))).toBe('101 Invalid displayname')
    expect(await set('language', 'xx')).toBe('102 Invalid language')
  })

  it('says of what is gone from a collection that it has no properties, after its status', async () => {
    const headers = { Authorization: `Basic ${btoa('ben:ben')}`, Depth: '1', 'Content-Type': 'application/xml' }
    const home = 'http://localhost/remote.php/dav/addressbooks/users/ben/contacts'
    const send = (method: string, path: string, body?: string) =>
      ocs.fetch(`${home}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
    const sync = async (token: string) =>
      (
        await send(
          'REPORT',
          '',
          `<sync-collection xmlns="DAV:"><sync-token>${token}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`,
        )
      ).text()
    await send('PUT', '/a.vcf', 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:A\r\nEND:VCARD\r\n')
    const token = /<d:sync-token>(.*)<\/d:sync-token>/.exec(await sync(''))?.[1] ?? ''
    await send('DELETE', '/a.vcf')

    expect((await sync(token)).replace(/\s*\n\s*/g, '')).toMatch(
      /<d:response><d:status>HTTP\/1\.1 404 Not Found<\/d:status><d:href>[^<]*a\.vcf<\/d:href><d:propstat><d:prop\/><d:status>HTTP\/1\.1 418 I'm a teapot<\/d:status><\/d:propstat><\/d:response>/,
    )
  })
})
