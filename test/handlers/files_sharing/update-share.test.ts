import type { Seed } from '#index.ts'
import * as files from '#world/files/files.ts'
import { setApp, setSystem } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import { itemOf } from '../../support/share-answers.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SHARES = '/apps/files_sharing/api/v1/shares'
const ADMIN = { as: 'admin:admin' }
const SEED: Seed = {
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob', groups: ['staff'] },
  ],
  files: { admin: { '/dir/a.txt': 'aaa', '/s.txt': 'hello' } },
  shares: [
    { type: 'link', owner: 'admin', path: '/dir' },
    { type: 'user', owner: 'admin', path: '/dir', with: 'alice' },
    { type: 'group', owner: 'admin', path: '/dir', with: 'staff' },
    { type: 'email', owner: 'admin', path: '/s.txt', with: 'x@example.org', permissions: 1 },
  ],
  clock: { now: '2026-05-01T10:00:00Z', frozen: true },
}
const MAIL = '5'

directly('a changed share', SEED, (way) => {
  const change = (id: string, form: Record<string, string>, who: { as: string } = ADMIN) =>
    way.ask('PUT', `${SHARES}/${id}`, { ...who, form })
  const told = async (id: string, form: Record<string, string>, who: { as: string } = ADMIN) => {
    const answer = await change(id, form, who)
    return [answer.code, answer.message]
  }
  const core = (key: string, value: string) => setApp(way.ocs.world, 'core', key, value)

  way.inEveryWay('keeps what a link was given, and what was not named', async () => {
    const form = { note: 'N', label: 'L', hideDownload: 'true', expireDate: '2026-06-01', password: 'Long-enough-1!' }
    const expected = {
      note: 'N',
      label: 'L',
      hide_download: '1',
      expiration: '2026-06-01 23:59:59',
      password: 'redacted',
      permissions: '17',
    }
    expect(itemOf(await change('1', form))).toMatchObject(expected)
    expect(itemOf(await change('1', { publicUpload: 'true' }))).toMatchObject({ ...expected, permissions: '31' })
    expect(itemOf(await change('1', { password: '', expireDate: '', hideDownload: 'false' }))).toMatchObject({
      password: '',
      expiration: '',
      hide_download: '0',
    })
  })

  it('changes what its recipients may do', async () => {
    const { world } = way.ocs
    await change('2', { permissions: '1' })
    await change('3', { permissions: '17' })
    expect(files.resolve(world, 'alice', '/dir/a.txt')?.permissions).toBe(1)
    expect(files.resolve(world, 'bob', '/dir/a.txt')?.permissions).toBe(17)
  })

  it('keeps attributes, of which an empty list is none', async () => {
    const attributes = '[{"scope":"permissions","key":"download","value":false}]'
    expect(itemOf(await change('2', { attributes })).attributes).toBe(attributes)
    expect(itemOf(await change('2', { attributes: '[]' })).attributes).toBe('[]')
    expect(itemOf(await way.ask('GET', `${SHARES}/2`, ADMIN)).attributes).toBe('')
    expect(await told('2', { attributes: '1' })).toEqual([400, 'Invalid share attributes provided: "1"'])
    expect((await change('2', { attributes: '[{}]' })).code).toBe(996)
  })

  it('takes the token that its maker chose, where that is allowed', async () => {
    expect(await told('1', { token: 'mine' })).toEqual([
      403,
      'Custom share link tokens have been disabled by the administrator',
    ])
    core('shareapi_allow_custom_tokens', 'yes')
    expect(itemOf(await change('1', { token: 'mine' })).url).toMatch(/\/index\.php\/s\/mine$/)
    expect(await told('1', { token: 'not mine' })).toEqual([
      400,
      'Tokens must contain at least 1 character and may only contain letters, numbers, or a hyphen',
    ])
  })

  it('gives the password of a mail an end where passwords end', async () => {
    setSystem(way.ocs.world, 'sharing.enable_mail_link_password_expiration', true)
    const made = itemOf(await change(MAIL, { password: 'Long-enough-1!', sendMail: 'true' }))
    expect([made.password_expiration_time, made.mail_send]).toEqual(['2026-05-01T11:00:00+00:00', '1'])
    expect(itemOf(await change(MAIL, { password: '' })).password_expiration_time).toBe('')
  })

  it('is refused with what makes no sense', async () => {
    expect(await told('1', {})).toEqual([400, 'Wrong or no update parameter given'])
    expect(await told('1', { expireDate: 'soon' })).toEqual([400, 'Invalid date. Format must be YYYY-MM-DD'])
    expect(await told('1', { expireDate: '2026-04-30' })).toEqual([404, 'Expiration date is in the past'])
    expect(await told('1', { password: 'tiny-one' })).toEqual([
      400,
      'Password needs to be at least 10 characters long.',
    ])
    expect(await told('1', { permissions: '16' })).toEqual([400, 'Share must at least have READ or CREATE permissions'])
    expect(await told('1', { label: 'x'.repeat(256) })).toEqual([400, 'Maximum label length is 255'])
    expect(await told('1', { sendPasswordByTalk: 'true' })).toEqual([
      403,
      '"Sending the password by Nextcloud Talk" for sharing a file or folder failed because Nextcloud Talk is not enabled.',
    ])
    expect(await told(MAIL, { publicUpload: 'true' })).toEqual([
      400,
      'Public upload is only possible for publicly shared folders',
    ])
    expect(await told('2', { permissions: '64' })).toEqual([400, 'Failed to update share.'])
  })

  it('is refused where the administrator forbids it', async () => {
    core('shareapi_enforce_links_password', 'yes')
    await change('1', { password: 'Long-enough-1!' })
    expect(await told('1', { password: '' })).toEqual([400, 'Failed to update share.'])
    core('shareapi_allow_public_upload', 'no')
    expect(await told('1', { permissions: '15' })).toEqual([403, 'Public upload disabled by the administrator'])
    core('shareapi_default_internal_expire_date', 'yes')
    core('shareapi_enforce_internal_expire_date', 'yes')
    expect(await told('2', { expireDate: '2027-01-01' })).toEqual([
      404,
      'Cannot set expiration date more than 7 days in the future',
    ])
  })

  it('is looked at again when it ends, whatever changes', async () => {
    shares.patch(way.ocs.world, 1, { expiresAt: Date.UTC(2026, 4, 20) / 1000 })
    expect(itemOf(await change('1', { note: 'x' })).expiration).toBe('2026-05-20 23:59:59')
  })

  it('is changed by its maker only', async () => {
    const alice = { as: 'alice:alice' }
    expect(await told('2', { permissions: '1' }, alice)).toEqual([403, 'You are not allowed to edit incoming shares'])
    expect(await told('99', { permissions: '1' })).toEqual([404, 'Wrong share ID, share does not exist'])
    expect(await told(MAIL, { note: 'x' }, alice)).toEqual([404, 'Wrong share ID, share does not exist'])
  })

  it('is a page that is not found where its file is in the trash', async () => {
    const { world } = way.ocs
    files.remove(world, files.resolve(world, 'admin', '/dir')!)
    const init = { method: 'PUT', headers: { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' } }
    const response = await way.fetch(`/ocs/v2.php${SHARES}/1`, init)
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
  })
})
