import type { Seed } from '#index.ts'
import * as groups from '#world/accounts/groups.ts'
import * as files from '#world/files/files.ts'
import { setApp, setSystem } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import { itemOf, itemsOf } from '../../support/share-answers.ts'
import { directly, expect, it, type OcsAnswer } from '../../support/ways.ts'

const SHARES = '/apps/files_sharing/api/v1/shares'
const ADMIN = { as: 'admin:admin' }
const ALICE = { as: 'alice:alice' }
const BOB = { as: 'bob:bob' }
const CAROL = { as: 'carol:carol' }
const WRONG_ID = [404, 'Wrong share ID, share does not exist']
const OFF = [404, 'Share API is disabled']
const SEED: Seed = {
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob', groups: ['staff'] },
    { id: 'carol', password: 'carol', groups: ['staff'] },
  ],
  files: { admin: { '/dir/a.txt': 'aaa', '/dir/sub/b.txt': 'bb', '/s.txt': 'hello' } },
  shares: [
    { type: 'user', owner: 'admin', path: '/s.txt', with: 'alice', permissions: 3 },
    { type: 'group', owner: 'admin', path: '/dir', with: 'staff' },
    { type: 'link', owner: 'admin', path: '/dir/a.txt', token: 'the-link' },
  ],
}
/** The group's share is number 2, its two members' views are 3 and 4. */
const LINK = '5'

const ids = (answer: OcsAnswer) => itemsOf(answer).map((item) => item.id)
const said = (answer: OcsAnswer) => [answer.code, answer.message]

directly('what one shared', SEED, (way) => {
  const list = (query = '', who: { as: string } = ADMIN) => way.ask('GET', `${SHARES}${query}`, who)

  it('is listed kind by kind', async () => {
    expect(ids(await list())).toEqual(['1', '2', LINK])
    expect(ids(await list('', ALICE))).toEqual([])
  })

  it('is listed of one file, or of all in a folder', async () => {
    expect(ids(await list('?path=/dir'))).toEqual(['2'])
    expect(ids(await list('?path=/&subfiles=true'))).toEqual(['2', '1'])
    expect(ids(await list('?path=/dir&subfiles=true'))).toEqual([LINK])
  })

  way.inEveryWay('is listed with the tags of the files when asked', async () => {
    const answer = await list('?path=/dir&include_tags=true')
    expect(answer.text).toMatch(answer.isJson ? /"tags":\[\]/ : /<tags\/>/)
  })

  it('is not listed of what is no file or no folder', async () => {
    expect(said(await list('?path=/nosuch'))).toEqual([404, 'Wrong path, file/folder does not exist'])
    expect(said(await list('?path=/s.txt&subfiles=true'))).toEqual([400, 'Not a directory'])
    expect((await list('?subfiles=true')).code).toBe(996)
  })

  it('is listed for others of what they may share on', async () => {
    expect(ids(await list('?path=/dir&reshares=true', BOB))).toEqual(['2'])
    expect(ids(await list('?path=/s.txt&reshares=true', ALICE))).toEqual([])
  })

  it('is not listed once the file is in the trash', async () => {
    const { world } = way.ocs
    files.remove(world, files.resolve(world, 'admin', '/s.txt')!)
    expect(ids(await list())).toEqual(['2', LINK])
    expect(said(await way.ask('GET', `${SHARES}/1`, ADMIN))).toEqual(WRONG_ID)
  })

  it('is not told while sharing is off', async () => {
    setApp(way.ocs.world, 'core', 'shareapi_enabled', 'no')
    const calls = [
      ['GET', ''],
      ['GET', '/inherited?path=/dir'],
      ['GET', '/1'],
      ['PUT', '/1'],
      ['DELETE', '/1'],
      ['GET', '/pending'],
      ['POST', '/pending/1'],
      ['POST', '/1/send-email'],
    ] as const
    for (const [method, path] of calls) expect(said(await way.ask(method, SHARES + path, ADMIN))).toEqual(OFF)
    expect(said(await way.ask('GET', '/apps/files_sharing/api/v1/token', ADMIN))).toEqual(OFF)
  })
})

directly('what one received', SEED, (way) => {
  it('is listed with one’s own view of it', async () => {
    const received = itemOf(await way.ask('GET', `${SHARES}?shared_with_me=true`, ALICE))
    expect(received).toMatchObject({
      id: '1',
      can_edit: '',
      can_delete: '1',
      item_permissions: '11',
      'is-mount-root': '1',
      'mount-type': 'shared',
      storage_id: 'shared::/s.txt',
    })
    expect(ids(await way.ask('GET', `${SHARES}?shared_with_me=true`, BOB))).toEqual(['2'])
  })

  way.inEveryWay('can be looked at one by one, but not by others', async () => {
    expect(ids(await way.ask('GET', `${SHARES}/2`, BOB))).toEqual(['2'])
    expect(said(await way.ask('GET', `${SHARES}/2`, ALICE))).toEqual(WRONG_ID)
    expect(said(await way.ask('GET', `${SHARES}/abc`, ADMIN))).toEqual(WRONG_ID)
  })

  way.inEveryWay('shows the shares of the folders above', async () => {
    const above = itemOf(await way.ask('GET', `${SHARES}/inherited?path=/dir/sub/b.txt`, ADMIN))
    expect([above.id, above.via_path]).toEqual(['2', '/dir'])
    expect(itemsOf(await way.ask('GET', `${SHARES}/inherited?path=/dir`, ADMIN))).toEqual([])
    const theirs = itemOf(await way.ask('GET', `${SHARES}/inherited?path=/dir/a.txt`, BOB))
    expect([theirs.path, theirs.via_path]).toEqual(['', '/dir'])
  })

  it('shows no shares above what is not there', async () => {
    const answer = await way.ask('GET', `${SHARES}/inherited?path=/nosuch`, ADMIN)
    expect(said(answer)).toEqual([404, 'Wrong path, file/folder does not exist'])
    expect((await way.ask('GET', `${SHARES}/inherited?path=/s.txt`, ALICE)).code).toBe(996)
    expect((await way.fetch(`/ocs/v2.php${SHARES}/inherited?path=`, { headers: basic('admin:admin') })).status).toBe(
      404,
    )
    setApp(way.ocs.world, 'core', 'shareapi_exclude_groups', 'allow')
    expect((await way.ask('GET', `${SHARES}/inherited?path=/`, ADMIN)).code).toBe(996)
  })
})

const basic = (credentials: string) => ({ Authorization: `Basic ${btoa(credentials)}`, 'OCS-APIRequest': 'true' })

directly('an end', SEED, (way) => {
  const end = (id: string, who: { as: string }) => way.ask('DELETE', `${SHARES}/${id}`, who)

  it('comes for everyone when the maker ends a share', async () => {
    expect((await end('2', ADMIN)).code).toBe(200)
    expect(files.resolve(way.ocs.world, 'bob', '/dir')).toBeUndefined()
    expect(said(await end('2', ADMIN))).toEqual(WRONG_ID)
  })

  it('comes for a share with oneself when one gives it up', async () => {
    expect((await end('1', ALICE)).code).toBe(200)
    expect(shares.find(way.ocs.world, 1)).toBeUndefined()
  })

  it('is refused to those who cannot see a share, or only share it on', async () => {
    expect(said(await end(LINK, ALICE))).toEqual(WRONG_ID)
    expect(said(await end(LINK, BOB))).toEqual([403, 'Could not delete share'])
  })

  it('passes on what recipients had shared on', async () => {
    const shared = { path: '/dir', shareType: '0', shareWith: 'alice' }
    await way.ask('POST', SHARES, { ...BOB, form: shared })
    const id = Math.max(...[...way.ocs.world.table(shares.sharesTable).keys()].map(Number))
    await end('2', ADMIN)
    expect(shares.find(way.ocs.world, id)).toMatchObject({ sharedBy: 'admin', sharedWith: 'alice' })
  })

  it('takes links along that were made from what was received', async () => {
    await way.ask('POST', SHARES, { ...BOB, form: { path: '/dir', shareType: '3' } })
    const [link] = itemsOf(await way.ask('GET', SHARES, BOB))
    await end('2', ADMIN)
    expect(shares.find(way.ocs.world, Number(link!.id))).toBeUndefined()
  })
})

directly('what one left of a group’s shares', SEED, (way) => {
  const DELETED = '/apps/files_sharing/api/v1/deletedshares'

  way.inEveryWay('is gone for oneself only, and can be taken back', async () => {
    const { world } = way.ocs
    await way.ask('DELETE', `${SHARES}/2`, BOB)
    expect(files.resolve(world, 'bob', '/dir')).toBeUndefined()
    expect(files.resolve(world, 'carol', '/dir')).toBeDefined()
    const left = itemOf(await way.ask('GET', DELETED, BOB))
    expect(left).toMatchObject({
      id: 'ocinternal:2',
      share_type: '1',
      permissions: '0',
      path: '/dir',
      share_with: 'staff',
    })
    expect((await way.ask('POST', `${DELETED}/ocinternal:2`, BOB)).code).toBe(200)
    expect(files.resolve(world, 'bob', '/dir/a.txt')).toBeDefined()
    expect(itemsOf(await way.ask('GET', DELETED, BOB))).toEqual([])
  })

  it('tells when the share ends', async () => {
    shares.patch(way.ocs.world, 2, { expiresAt: Date.UTC(2099, 0, 2, 23, 59, 59) / 1000 })
    await way.ask('DELETE', `${SHARES}/2`, BOB)
    expect(itemOf(await way.ask('GET', DELETED, BOB)).expiration).toBe('2099-01-02 00:00:00')
  })

  it('cannot be taken back where nothing was left', async () => {
    expect(said(await way.ask('POST', `${DELETED}/ocinternal:2`, BOB))).toEqual([404, 'No deleted share found'])
    for (const id of ['ocinternal:99', 'ocMailShare:2', '2'])
      expect(said(await way.ask('POST', `${DELETED}/${id}`, BOB))).toEqual([404, 'Share not found'])
  })
})

directly('what waits to be accepted', SEED, (way) => {
  const PENDING = `${SHARES}/pending`
  const offer = async () => {
    setSystem(way.ocs.world, 'sharing.enable_share_accept', true)
    await way.ask('POST', SHARES, { ...ADMIN, form: { path: '/dir/a.txt', shareType: '0', shareWith: 'alice' } })
  }

  way.inEveryWay('is listed, shows nowhere, and shows once it is accepted', async () => {
    await offer()
    const waiting = itemOf(await way.ask('GET', PENDING, ALICE))
    expect(waiting).toMatchObject({ id: '6', path: '/a.txt', permissions: '0' })
    expect(files.resolve(way.ocs.world, 'alice', '/a.txt')).toBeUndefined()
    expect((await way.ask('POST', `${PENDING}/6`, ALICE)).code).toBe(200)
    expect(files.resolve(way.ocs.world, 'alice', '/a.txt')).toBeDefined()
    expect(itemsOf(await way.ask('GET', PENDING, ALICE))).toEqual([])
  })

  it('is accepted by its recipient only', async () => {
    await offer()
    expect(said(await way.ask('POST', `${PENDING}/6`, CAROL))).toEqual([400, 'Failed to accept share.'])
    expect(said(await way.ask('POST', `${PENDING}/99`, ALICE))).toEqual(WRONG_ID)
  })

  it('is accepted by itself where the recipient chose so, unless the system forbids it', async () => {
    const { world } = way.ocs
    setSystem(world, 'sharing.force_share_accept', true)
    await offer()
    expect(files.resolve(world, 'alice', '/a.txt')).toBeUndefined()
  })

  it('is there for new members of a group', async () => {
    setSystem(way.ocs.world, 'sharing.enable_share_accept', true)
    groups.addMember(way.ocs.world, 'staff', 'alice')
    expect(ids(await way.ask('GET', PENDING, ALICE))).toEqual(['2'])
  })
})

directly('a mail about a share', SEED, (way) => {
  const mail = (id: string, who: { as: string }, form: Record<string, string> = {}) =>
    way.ask('POST', `${SHARES}/${id}/send-email`, { ...who, form })

  way.inEveryWay('goes to its recipient', async () => {
    const heard: unknown[] = []
    way.ocs.world.on((event) => {
      if (event.type === 'share.mailed' || event.type === 'share.noted') heard.push([event.type, event.share.id])
    })
    expect((await mail('1', ADMIN)).code).toBe(200)
    expect(heard).toEqual([['share.mailed', 1]])
  })

  it('goes out from those who may change the share, with its password', async () => {
    expect(said(await mail('1', ALICE))).toEqual([403, 'You are not allowed to send mail notifications'])
    expect(said(await mail('99', ADMIN))).toEqual(WRONG_ID)
    shares.patch(way.ocs.world, 5, { password: 'Secret-word-1' })
    expect((await mail(LINK, ADMIN, { password: 'Secret-word-1' })).code).toBe(200)
    expect(said(await mail(LINK, ADMIN, { password: 'wrong' }))).toEqual([999, 'Error while sending mail notification'])
  })

  it('goes out from the maker of a link only', async () => {
    await way.ask('POST', SHARES, { ...BOB, form: { path: '/dir', shareType: '3' } })
    expect(said(await mail('6', ADMIN))).toEqual([403, 'You are not allowed to send mail notifications'])
  })
})

directly('a token', SEED, (way) => {
  way.inEveryWay('is one that no share has', async () => {
    expect(itemOf(await way.ask('GET', '/apps/files_sharing/api/v1/token', ADMIN)).token).toMatch(/^[a-zA-Z2-9]{15}$/)
  })
})
