import type { Seed } from '#index.ts'
import type { PhpArray } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as comments from '#world/files/comments.ts'
import * as files from '#world/files/files.ts'
import * as notifications from '#world/notices/notifications.ts'
import { directly, expect, it, type Way } from '../../support/ways.ts'

const LIST = '/apps/notifications/api/v2/notifications'
const SHARES = '/apps/files_sharing/api/v1/shares'
const ALICE = { as: 'alice:alice' }
const CAROL = { as: 'carol:carol' }
const NOW = '2026-03-01T12:00:00+00:00'
const user = (id: string, displayName: string) => ({ id, password: id, displayName })
const WAITING: Seed = {
  clock: { now: NOW, frozen: true },
  config: { system: { 'sharing.enable_share_accept': true } },
  users: [user('alice', 'Alice'), user('bob', 'Bob'), { ...user('carol', 'Carol'), groups: ['staff'] }],
  groups: [{ id: 'staff', displayName: 'Staff' }],
}
const AT_ONCE: Seed = { ...WAITING, config: {} }

const shownBy = (way: Way, more: PhpArray): PhpArray => ({
  notification_id: 1,
  app: 'files_sharing',
  user: 'alice',
  datetime: NOW,
  object_type: 'share',
  object_id: 'ocinternal:1',
  subject: '',
  message: '',
  link: '',
  subjectRich: '',
  subjectRichParameters: {},
  messageRich: '',
  messageRichParameters: [],
  icon: `${way.base()}/core/img/actions/share.svg`,
  shouldNotify: true,
  actions: [],
  ...more,
})
const BOB = { type: 'user', id: 'bob', name: 'Bob' }

const share = (way: Way, shareType: number, shareWith: string) =>
  way.ask('POST', SHARES, { as: 'bob:bob', form: { path: '/welcome.txt', shareType: String(shareType), shareWith } })

const answers = (way: Way, yes: string, no = yes): PhpArray[] => [
  { label: 'Accept', link: `${way.base()}/ocs/v2.php${yes}`, type: 'POST', primary: true },
  { label: 'Decline', link: `${way.base()}/ocs/v2.php${no}`, type: 'DELETE', primary: false },
]

directly('a share that waits', WAITING, (way) => {
  it('asks its recipient, until it is accepted', async () => {
    await share(way, 0, 'alice')
    const told = shownBy(way, {
      subject: 'You received /welcome.txt as a share by @Bob',
      subjectRich: 'You received {share} as a share by {user}',
      subjectRichParameters: { share: { type: 'highlight', id: 'ocinternal:1', name: '/welcome.txt' }, user: BOB },
      actions: answers(way, `${SHARES}/pending/1`, `${SHARES}/1`),
    })
    ;(await way.ask('GET', LIST, ALICE)).expectData([told])
    await way.ask('POST', `${SHARES}/pending/1`, ALICE)
    ;(await way.ask('GET', LIST, ALICE)).expectData([])
    expect(notifications.list(way.ocs.world, 'alice')).toEqual([])
  })

  it('asks the members of a group, and who joins it later', async () => {
    await share(way, 1, 'staff')
    groups.addMember(way.ocs.world, 'staff', 'alice')
    const told = shownBy(way, {
      notification_id: 2,
      subject: 'You received /welcome.txt to group Staff as a share by @Bob',
      subjectRich: 'You received {share} to group {group} as a share by {user}',
      subjectRichParameters: {
        share: { type: 'highlight', id: 'ocinternal:1', name: '/welcome.txt' },
        group: { type: 'user-group', id: 'staff', name: 'Staff' },
        user: BOB,
      },
      actions: answers(way, `${SHARES}/pending/1`, `${SHARES}/1`),
    })
    ;(await way.ask('GET', LIST, ALICE)).expectData([told])
    expect(notifications.list(way.ocs.world, 'carol').map(({ id }) => id)).toEqual([1])
    groups.removeMember(way.ocs.world, 'staff', 'carol')
    ;(await way.ask('GET', LIST, CAROL)).expectData([])
  })

  it('asks no more once it is gone', async () => {
    await share(way, 0, 'alice')
    await way.ask('DELETE', `${SHARES}/1`, { as: 'bob:bob' })
    ;(await way.ask('GET', LIST, ALICE)).expectData([])
  })
})

directly('what operations tell', AT_ONCE, (way) => {
  it('uses up an id for a share that is accepted at once, and shows nothing', async () => {
    await share(way, 0, 'alice')
    expect(notifications.list(way.ocs.world, 'alice').map(({ id }) => id)).toEqual([1])
    ;(await way.ask('GET', LIST, ALICE)).expectData([])
    ;(await way.ask('GET', `${LIST}/1`, ALICE)).expectData(null)
  })

  it('asks whether a share of another server is wanted', async () => {
    const form = {
      shareWith: 'alice',
      token: 'token',
      name: 'far.txt',
      remoteId: '7',
      owner: 'otto',
      remote: 'http://far.example.com/',
      ownerFederatedId: 'otto@far.example.com',
      sharedByFederatedId: 'olga@other.example.com',
    }
    await way.ask('POST', '/cloud/shares', { form })
    const [{ objectId }] = notifications.list(way.ocs.world, 'alice') as [notifications.Notification]
    const pending = `/apps/files_sharing/api/v1/remote_shares/pending/${objectId}`
    const subject = 'as a remote share from'
    const told = shownBy(way, {
      object_type: 'remote_share',
      object_id: objectId,
      subject: `You received far.txt ${subject} @otto@far.example.com (on behalf of @olga@other.example.com)`,
      subjectRich: `You received {share} ${subject} {user} (on behalf of {behalf})`,
      subjectRichParameters: {
        share: { type: 'pending-federated-share', id: objectId, name: 'far.txt' },
        user: { type: 'user', id: 'otto', name: 'otto@far.example.com', server: 'https://far.example.com' },
        behalf: { type: 'user', id: 'olga', name: 'olga@other.example.com', server: 'https://other.example.com' },
      },
      actions: answers(way, pending),
    })
    ;(await way.ask('GET', LIST, ALICE)).expectData([told])
    await way.ask('POST', pending, ALICE)
    ;(await way.ask('GET', LIST, ALICE)).expectData([])
  })

  it('says who is named in a comment on a file, to who sees it', async () => {
    const { world } = way.ocs
    await share(way, 0, 'alice')
    notifications.dismissAll(world, 'alice')
    const { id } = files.resolve(world, 'bob', '/welcome.txt')!.node
    const made = comments.add(world, {
      objectType: 'files',
      objectId: String(id),
      parentId: 0,
      verb: 'comment',
      actorId: 'bob',
      message: 'Hi @alice and @"carol" @bob @nobody',
    })
    const link = `${way.base()}/index.php/apps/comments/notifications/view/${made.id}`
    const name = files.entryOf(world, 'alice', id)!.path.slice(1)
    const told = shownBy(way, {
      notification_id: 3,
      app: 'comments',
      object_type: 'comment',
      object_id: String(made.id),
      subject: `@Bob mentioned you in a comment on "${name}"`,
      message: 'Hi @Alice and @Carol @Bob @nobody',
      link,
      subjectRich: '{user} mentioned you in a comment on "{file}"',
      subjectRichParameters: {
        file: { type: 'file', id: String(id), name, path: name, link: `${way.base()}/index.php/f/${id}` },
        user: BOB,
      },
      messageRich: 'Hi {mention-user2} and {mention-user1} {mention-user3} @nobody',
      messageRichParameters: {
        'mention-user1': { type: 'user', id: 'carol', name: 'Carol' },
        'mention-user2': { type: 'user', id: 'alice', name: 'Alice' },
        'mention-user3': BOB,
      },
      icon: `${way.base()}/core/img/actions/comment.svg`,
      actions: [{ label: 'Go to file', link, type: 'WEB', primary: true }],
    })
    ;(await way.ask('GET', LIST, ALICE)).expectData([told])
    ;(await way.ask('GET', LIST, CAROL)).expectData([])
    comments.edit(world, made, 'Never mind')
    ;(await way.ask('GET', LIST, ALICE)).expectData([])
  })

  it('reminds of a file when the clock of the world says so', async () => {
    files.ensureHome(way.ocs.world, 'alice')
    const { id } = files.resolve(way.ocs.world, 'alice', '/welcome.txt')!.node
    const path = `/apps/files_reminders/api/v1/${id}`
    await way.ask('PUT', path, { ...ALICE, form: { dueDate: '2026-03-01T13:00:00Z' } })
    ;(await way.ask('GET', LIST, ALICE)).expectData([])
    way.ocs.world.clock.advance('2h')
    const link = `${way.base()}/index.php/f/${id}`
    const told = shownBy(way, {
      app: 'files_reminders',
      datetime: '2026-03-01T13:00:00+00:00',
      object_type: 'reminder',
      object_id: '1',
      subject: 'Reminder for welcome.txt',
      link,
      subjectRich: 'Reminder for {name}',
      subjectRichParameters: { name: { type: 'highlight', id: String(id), name: 'welcome.txt' } },
      icon: `${way.base()}/apps/files/img/folder.svg`,
      actions: [{ label: 'View file', link, type: 'WEB', primary: true }],
    })
    ;(await way.ask('GET', LIST, ALICE)).expectData([told])
    ;(await way.ask('GET', path, ALICE)).expectData({ dueDate: null })
  })
})
