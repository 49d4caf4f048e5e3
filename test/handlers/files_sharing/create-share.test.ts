import { type User, usersTable } from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { setApp, setSystem } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import { itemOf, itemsOf } from '../../support/share-answers.ts'
import { directly, expect, it, type Way } from '../../support/ways.ts'

const SHARES = '/apps/files_sharing/api/v1/shares'
const ADMIN = { as: 'admin:admin' }
const BOB = { as: 'bob:bob' }
const SEED = {
  users: [
    { id: 'alice', password: 'alice', displayName: 'Alice A', email: 'alice@example.org' },
    { id: 'bob', password: 'bob', groups: ['staff'] },
    { id: 'carol', groups: ['staff'] },
  ],
  groups: ['dev'],
  files: { admin: { '/dir/a.txt': 'aaa', '/report.txt': 'hello' } },
  clock: { now: '2026-05-01T10:00:00Z', frozen: true },
}

const share = (way: Way, form: Record<string, string>, who = ADMIN) => way.ask('POST', SHARES, { ...who, form })
const told = async (way: Way, form: Record<string, string>, who = ADMIN) => {
  const answer = await share(way, form, who)
  return [answer.code, answer.message]
}
const core = (way: Way, key: string, value: string) => setApp(way.ocs.world, 'core', key, value)

directly('a new link', SEED, (way) => {
  const link = { path: '/report.txt', shareType: '3' }

  way.inEveryWay('reads, can be mounted by other servers, and leads to its token', async () => {
    const made = itemOf(await share(way, link))
    expect(made).toMatchObject({
      id: '1',
      share_type: '3',
      permissions: '17',
      share_with: '',
      file_target: '/report.txt',
    })
    expect(made.token).toMatch(/^[a-zA-Z2-9]{15}$/)
    expect(made.url).toMatch(new RegExp(`^https?://[^/]+/index.php/s/${made.token}$`))
  })

  it('is another one each time', async () => {
    await share(way, link)
    expect(itemOf(await share(way, link)).id).toBe('2')
  })

  it('hides its password', async () => {
    const made = itemOf(await share(way, { ...link, password: 'Long-enough-1!' }))
    expect([made.password, made.share_with]).toEqual(['redacted', 'redacted'])
  })

  it('ends with its last day', async () => {
    expect(itemOf(await share(way, { ...link, expireDate: '2026-05-09' })).expiration).toBe('2026-05-09 23:59:59')
  })

  it('ends with the last day of its maker', async () => {
    const made = { ...way.ocs.world.dump().tables.users!.admin!, timezone: 'Asia/Tokyo' }
    way.ocs.world.table(usersTable).set('admin', made as User)
    expect(itemOf(await share(way, { ...link, expireDate: '2026-05-09' })).expiration).toBe('2026-05-09 23:59:59')
    expect(shares.find(way.ocs.world, 1)?.expiresAt).toBe(Date.UTC(2026, 4, 9, 14, 59, 59) / 1000)
  })

  it('lets strangers write into a folder when asked in the old way', async () => {
    const made = itemOf(await share(way, { path: '/dir', shareType: '3', publicUpload: 'true' }))
    expect(made.permissions).toBe('31')
  })

  it('keeps only what a file can have', async () => {
    expect(itemOf(await share(way, { ...link, permissions: '31' })).permissions).toBe('19')
  })

  it('keeps attributes by scope', async () => {
    const attributes = '[{"scope":"a","key":"k","value":"x/y"},{"scope":"b","key":"k","value":true}]'
    const made = itemOf(await share(way, { ...link, attributes }))
    expect(made.attributes).toBe('[{"scope":"a","key":"k","value":"x\\/y"},{"scope":"b","key":"k","value":true}]')
  })

  it('cannot be made with anything that is wrong about it', async () => {
    expect(await told(way, { shareType: '3' })).toEqual([404, 'Please specify a file or folder path'])
    expect(await told(way, { ...link, path: '/nosuch' })).toEqual([404, 'Wrong path, file/folder does not exist'])
    expect(await told(way, { ...link, path: '/' })).toEqual([403, 'You cannot share your root folder'])
    expect(await told(way, { ...link, expireDate: 'soon' })).toEqual([404, 'Invalid date. Format must be YYYY-MM-DD'])
    expect(await told(way, { ...link, expireDate: '2026-04-30' })).toEqual([404, 'Expiration date is in the past'])
    expect(await told(way, { ...link, password: 'tiny-one' })).toEqual([
      400,
      'Password needs to be at least 10 characters long.',
    ])
    expect(await told(way, { ...link, label: 'x'.repeat(256) })).toEqual([400, 'Maximum label length is 255'])
    expect(await told(way, { ...link, attributes: 'no' })).toEqual([400, 'Invalid share attributes provided: "no"'])
    expect(await told(way, { ...link, sendPasswordByTalk: 'true' })).toEqual([
      403,
      'Sharing /admin/files/report.txt sending the password by Nextcloud Talk failed because Nextcloud Talk is not enabled',
    ])
  })

  it('cannot have permissions that make no sense', async () => {
    const folder = { path: '/dir', shareType: '3' }
    expect(await told(way, { ...link, publicUpload: 'true' })).toEqual([
      400,
      'Public upload is only possible for publicly shared folders',
    ])
    expect(await told(way, { ...folder, permissions: '16' })).toEqual([
      400,
      'Share must at least have READ or CREATE permissions',
    ])
    expect(await told(way, { ...folder, permissions: '6' })).toEqual([
      400,
      'Share must have READ permission if UPDATE or DELETE permission is set',
    ])
    expect(await told(way, { ...folder, permissions: '33' })).toEqual([
      403,
      'Valid permissions are required for sharing',
    ])
  })

  it('ends in an error that nothing catches where attributes are no attributes', async () => {
    expect((await share(way, { ...link, attributes: '[1]' })).code).toBe(996)
  })
})

directly('a new link under the administrator’s settings', SEED, (way) => {
  const link = { path: '/dir', shareType: '3' }

  it('needs a password where that is enforced, but not of members of excluded groups', async () => {
    core(way, 'shareapi_enforce_links_password', 'yes')
    expect(await told(way, link)).toEqual([403, 'Passwords are enforced for link and mail shares'])
    core(way, 'shareapi_enforce_links_password_excluded_groups', '["admin"]')
    expect(await told(way, link)).toEqual([200, 'OK'])
  })

  it('ends after the default time, and no later where that is enforced', async () => {
    core(way, 'shareapi_default_expire_date', 'yes')
    core(way, 'shareapi_expire_after_n_days', '3')
    expect(itemOf(await share(way, link)).expiration).toBe('2026-05-04 23:59:59')
    expect(itemOf(await share(way, { ...link, expireDate: '' })).expiration).toBe('')
    core(way, 'shareapi_enforce_expire_date', 'yes')
    expect(await told(way, { ...link, expireDate: '' })).toEqual([200, 'OK'])
    expect(await told(way, { ...link, expireDate: '2026-05-05' })).toEqual([
      404,
      'Cannot set expiration date more than 3 days in the future',
    ])
  })

  it('is refused where links are off, for all or for a group', async () => {
    core(way, 'shareapi_allow_links_exclude_groups', '["staff"]')
    const own = { path: '/welcome.txt', shareType: '3' }
    expect(await told(way, own, BOB)).toEqual([404, 'Public link sharing is disabled by the administrator'])
    core(way, 'shareapi_allow_links', 'no')
    expect(await told(way, link)).toEqual([404, 'Public link sharing is disabled by the administrator'])
  })

  it('lets nobody write where public upload is off', async () => {
    core(way, 'shareapi_allow_public_upload', 'no')
    expect(await told(way, { ...link, permissions: '5' })).toEqual([403, 'Public upload disabled by the administrator'])
    expect(await told(way, { ...link, permissions: '3' })).toEqual([403, 'Public upload is not allowed'])
  })

  it('cannot be mounted by other servers where that is off', async () => {
    core(way, 'shareapi_allow_federation_on_public_shares', 'no')
    expect(itemOf(await share(way, link)).permissions).toBe('1')
  })

  it('has a token of the length that was set', async () => {
    core(way, 'shareapi_token_length', '8')
    expect(itemOf(await share(way, link)).token).toHaveLength(8)
  })

  it('is refused while sharing is off, or off for its maker', async () => {
    core(way, 'shareapi_exclude_groups', 'yes')
    core(way, 'shareapi_exclude_groups_list', '["admin"]')
    expect(await told(way, link)).toEqual([403, 'Failed to create share.'])
    core(way, 'shareapi_enabled', 'no')
    expect(await told(way, link)).toEqual([404, 'Share API is disabled'])
  })
})

directly('a new share with an account', SEED, (way) => {
  const withAlice = { path: '/report.txt', shareType: '0', shareWith: 'alice' }

  it('shows in the files of its recipient', async () => {
    const made = itemOf(await share(way, withAlice))
    expect(made).toMatchObject({
      permissions: '19',
      share_with: 'alice',
      share_with_displayname: 'Alice A',
      share_with_displayname_unique: 'alice@example.org',
      token: '',
    })
    expect(files.resolve(way.ocs.world, 'alice', '/report.txt')?.permissions).toBe(27)
  })

  it('is the known one where there is one', async () => {
    await share(way, withAlice)
    expect(itemOf(await share(way, { ...withAlice, permissions: '1' }))).toMatchObject({ id: '1', permissions: '19' })
  })

  it('takes a free name, counted from two', async () => {
    files.ensureHome(way.ocs.world, 'alice')
    await share(way, { ...withAlice, path: '/welcome.txt' })
    const [received] = itemsOf(await way.ask('GET', `${SHARES}?shared_with_me=true`, { as: 'alice:alice' }))
    expect([received!.file_target, received!.path]).toEqual(['/welcome (2).txt', '/welcome (2).txt'])
  })

  it('waits to be accepted where the recipient wants it so', async () => {
    setSystem(way.ocs.world, 'sharing.enable_share_accept', true)
    await share(way, withAlice)
    expect(files.resolve(way.ocs.world, 'alice', '/report.txt')).toBeUndefined()
  })

  it('tells of the recipient’s status', async () => {
    way.ocs.reset({ statuses: [{ user: 'alice', status: 'busy', message: 'Coffee', icon: '☕' }] })
    const made = itemOf(await share(way, withAlice))
    expect(JSON.parse(made.status!)).toMatchObject({ status: 'busy', message: 'Coffee' })
  })

  it('ends after the default time of shares on this server', async () => {
    core(way, 'shareapi_default_internal_expire_date', 'yes')
    expect(itemOf(await share(way, withAlice)).expiration).toBe('2026-05-08 23:59:59')
    core(way, 'shareapi_enforce_internal_expire_date', 'yes')
    const later = { path: '/dir', shareType: '0', shareWith: 'alice', expireDate: '2026-05-09' }
    expect(await told(way, later)).toEqual([404, 'Cannot set expiration date more than 7 days in the future'])
  })

  it('cannot be made with nobody, oneself or the owner', async () => {
    const nobody = [404, 'Please specify a valid account to share with']
    expect(await told(way, { path: '/dir', shareType: '0' })).toEqual(nobody)
    expect(await told(way, { ...withAlice, shareWith: 'nobody' })).toEqual(nobody)
    expect(await told(way, { ...withAlice, shareWith: 'admin' })).toEqual([403, 'Cannot share with yourself'])
    await share(way, { ...withAlice, shareWith: 'bob' })
    const back = { path: '/report.txt', shareType: '0', shareWith: 'admin' }
    expect(await told(way, back, BOB)).toEqual([403, 'Cannot share with the share owner'])
  })

  it('cannot give more than its maker has, nor what may not be shared on', async () => {
    await share(way, { path: '/dir', shareType: '0', shareWith: 'bob', permissions: '17' })
    const on = { path: '/dir', shareType: '0', shareWith: 'carol' }
    expect(await told(way, on, BOB)).toEqual([404, 'Cannot increase permissions of /dir'])
    expect(await told(way, { ...on, permissions: '17' }, BOB)).toEqual([200, 'OK'])
    await share(way, { path: '/report.txt', shareType: '0', shareWith: 'bob', permissions: '1' })
    expect(await told(way, { ...on, path: '/report.txt' }, BOB)).toEqual([
      404,
      'You are not allowed to share report.txt',
    ])
  })

  it('cannot be made of a folder that holds what was received', async () => {
    const { world } = way.ocs
    await share(way, { ...withAlice, shareWith: 'bob' })
    files.makeFolder(world, 'bob', '/mine')
    files.move(world, files.resolve(world, 'bob', '/report.txt')!, '/mine/report.txt')
    expect(await told(way, { path: '/mine', shareType: '0', shareWith: 'carol' }, BOB)).toEqual([
      403,
      'You cannot share a folder that contains other shares',
    ])
  })

  it('goes to members of one’s own groups only where that is set', async () => {
    core(way, 'shareapi_only_share_with_group_members', 'yes')
    const own = { path: '/welcome.txt', shareType: '0', shareWith: 'carol' }
    expect(await told(way, own, BOB)).toEqual([200, 'OK'])
    expect(await told(way, { ...own, shareWith: 'alice' }, BOB)).toEqual([403, 'Failed to create share.'])
  })
})

directly('a new share of another kind', SEED, (way) => {
  it('reaches all members of a group', async () => {
    const made = itemOf(await share(way, { path: '/dir', shareType: '1', shareWith: 'staff' }))
    expect(made).toMatchObject({ share_type: '1', permissions: '31', share_with_displayname: 'staff' })
    for (const member of ['bob', 'carol']) expect(files.resolve(way.ocs.world, member, '/dir/a.txt')?.node.size).toBe(3)
  })

  it('needs a group that is there and may be shared with', async () => {
    const group = { path: '/dir', shareType: '1', shareWith: 'nosuch' }
    expect(await told(way, group)).toEqual([404, 'Please specify a valid group'])
    core(way, 'shareapi_only_share_with_group_members', 'yes')
    expect(await told(way, { ...group, shareWith: 'dev' })).toEqual([403, 'Failed to create share.'])
    core(way, 'shareapi_allow_group_sharing', 'no')
    expect(await told(way, group)).toEqual([404, 'Group sharing is disabled by the administrator'])
  })

  it('goes to an address once', async () => {
    const mail = { path: '/dir', shareType: '4', shareWith: 'x@example.org' }
    const heard: string[] = []
    way.ocs.world.on((event) => heard.push(event.type))
    const made = itemOf(await share(way, mail))
    expect(made).toMatchObject({ share_type: '4', permissions: '17', file_target: '', mail_send: '1' })
    expect(heard).toContain('share.mailed')
    expect(await told(way, mail)).toEqual([403, 'Failed to create share.'])
    expect(await told(way, { ...mail, shareWith: 'nowhere' })).toEqual([404, 'Please specify a valid email address'])
    expect(await told(way, { path: '/dir', shareType: '4' })).toEqual([403, 'Share recipient should not be empty'])
  })

  it('fails with other servers, for none can be reached', async () => {
    const remote = { path: '/dir', shareType: '6', shareWith: 'u@remote.example' }
    expect(await told(way, remote)).toEqual([403, 'Failed to create share.'])
    expect(await told(way, { ...remote, shareWith: 'u' })).toEqual([403, 'Invalid cloud id'])
    expect(await told(way, { path: '/dir', shareType: '6' })).toEqual([
      404,
      'Please specify a valid federated account ID',
    ])
    const refused = (type: number) =>
      `Sharing /admin/files/dir failed because the back end does not allow shares from type ${type}`
    expect(await told(way, { ...remote, shareType: '9' })).toEqual([403, refused(9)])
    setApp(way.ocs.world, 'files_sharing', 'outgoing_server2server_group_share_enabled', 'yes')
    expect(await told(way, { path: '/dir', shareType: '9' })).toEqual([
      404,
      'Please specify a valid federated group ID',
    ])
    setApp(way.ocs.world, 'files_sharing', 'outgoing_server2server_share_enabled', 'no')
    expect(await told(way, remote)).toEqual([403, refused(6)])
  })

  it('is known to the server', async () => {
    expect(await told(way, { path: '/dir' })).toEqual([400, 'Unknown share type'])
    expect(await told(way, { path: '/dir', shareType: '77' })).toEqual([400, 'Unknown share type'])
    const rooms = 'Sharing /admin/files/dir failed because the back end does not support room shares'
    expect(await told(way, { path: '/dir', shareType: '10', shareWith: 'x' })).toEqual([403, rooms])
    expect((await share(way, { path: '/dir', shareType: '7', shareWith: 'x' })).code).toBe(996)
    way.ocs.reset({ apps: { disabled: ['circles'] } })
    expect(await told(way, { path: '/dir', shareType: '7', shareWith: 'x' })).toEqual([
      404,
      'You cannot share to a Team if the app is not enabled',
    ])
  })
})

directly('the mail about a new share', SEED, (way) => {
  const mailOf = async (form: Record<string, string>) =>
    itemOf(await share(way, { path: '/report.txt', ...form })).mail_send
  const withAlice = { shareType: '0', shareWith: 'alice' }

  it('is sent unless its maker says otherwise', async () => {
    expect(await mailOf(withAlice)).toBe('1')
    expect(await mailOf({ shareType: '3' })).toBe('1')
    expect(await mailOf({ shareType: '0', shareWith: 'bob', sendMail: 'false' })).toBe('0')
    expect(await mailOf({ shareType: '0', shareWith: 'carol', sendMail: 'true' })).toBe('1')
    expect(await mailOf({ shareType: '4', shareWith: 'x@example.org', sendMail: 'false' })).toBe('0')
  })

  it('is sent of addresses alone where the administrator says so', async () => {
    setSystem(way.ocs.world, 'sharing.enable_share_mail', false)
    expect(await mailOf(withAlice)).toBe('0')
    expect(await mailOf({ shareType: '3' })).toBe('0')
    expect(await mailOf({ shareType: '4', shareWith: 'x@example.org' })).toBe('1')
    expect(await mailOf({ shareType: '1', shareWith: 'staff', sendMail: 'true' })).toBe('1')
  })
})
