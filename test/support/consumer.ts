import { defineApp, defineEndpoint, s } from '#definitions.ts'
import { createOcsMock, type OcsMock, type Seed } from '#index.ts'
import { ConsumerClient } from './consumer-client.ts'

/** Accounts that a test has at hand. */
interface Accounts {
  readonly admin: ConsumerClient
  readonly alice: ConsumerClient
  readonly bob: ConsumerClient
  readonly nobody: ConsumerClient
  readonly ocs: OcsMock
}

interface ConsumerTest {
  readonly name: string
  readonly seed: Seed
  readonly run: (accounts: Accounts) => Promise<unknown>
}

const greet = defineEndpoint({
  id: 'greetings-greet',
  app: 'greetings',
  method: 'GET',
  path: '/apps/greetings/greeting',
  access: 'user',
  summary: 'Greet the caller',
  output: s.object({ text: s.string() }),
  handle: ({ me, ok }) => ok({ text: `Hello, ${me}` }),
})
/** An app of the consumer's own. */
export const greetings = defineApp('greetings', { endpoints: [greet] })

const ALICE: Seed = { users: [{ id: 'alice', password: 'alice', displayName: 'Alice', groups: ['staff'] }] }
const TEAM: Seed = {
  users: [
    { id: 'alice', password: 'alice', displayName: 'Alice', groups: ['staff'], email: 'alice@example.com' },
    { id: 'bob', password: 'bob', displayName: 'Bob', groups: ['staff'] },
    { id: 'carol', password: 'carol' },
  ],
  groups: [{ id: 'staff', displayName: 'Staff' }, 'readers'],
}
const FILES: Seed = {
  ...TEAM,
  files: { alice: { '/report.txt': 'A report.\n', '/plans/spring.md': '# Spring\n', '/plans/empty/': {} } },
}
const PUBLISHED: Seed = {
  ...FILES,
  shares: [
    { type: 'link', owner: 'alice', path: '/report.txt', label: 'For the press' },
    { type: 'user', owner: 'alice', path: '/plans', with: 'bob', permissions: 17 },
  ],
}

const tests: ConsumerTest[] = []
/** Tests of one part of the consumer. */
function area(area: string, seed: Seed, cases: Readonly<Record<string, ConsumerTest['run']>>): void {
  for (const [name, run] of Object.entries(cases)) tests.push({ name: `${area}.test.ts › ${name}`, seed, run })
}

const SHARES = '/apps/files_sharing/api/v1/shares'
const STATUS = '/apps/user_status/api/v1/user_status'
const NOTIFICATIONS = '/apps/notifications/api/v2/notifications'
const NOTIFY = '/apps/notifications/api/v2/admin_notifications'

area('accounts', TEAM, {
  'shows who is there': ({ admin }) => admin.get('/cloud/users?search=ali'),
  'shows an account': ({ admin }) => admin.get('/cloud/users/alice'),
  'shows oneself': ({ alice }) => alice.get('/cloud/user'),
  'says that there is nobody': ({ admin }) => admin.get('/cloud/users/nobody-here'),
  'adds an account': async ({ admin }) => {
    await admin.post('/cloud/users', { userid: 'dora', password: 'battery staple', groups: ['staff'] })
    await admin.get('/cloud/users/dora')
  },
  'adds nobody twice': ({ admin }) => admin.post('/cloud/users', { userid: 'alice', password: 'battery staple' }),
  'wants a long password': ({ admin }) => admin.post('/cloud/users', { userid: 'dora', password: 'short' }),
  'wants a name': ({ admin }) => admin.post('/cloud/users', { userid: '', password: 'battery staple' }),
  'wants a group that is there': ({ admin }) =>
    admin.post('/cloud/users', { userid: 'dora', password: 'battery staple', groups: ['no-such-group'] }),
  'changes a name': async ({ admin }) => {
    await admin.put('/cloud/users/alice', { key: 'displayname', value: 'Alice in Chains' })
    await admin.get('/cloud/users/alice')
  },
  'changes an address': async ({ alice }) => {
    await alice.put('/cloud/users/alice', { key: 'email', value: 'alice@example.org' })
    await alice.get('/cloud/user')
  },
  'refuses an address that is none': ({ alice }) =>
    alice.put('/cloud/users/alice', { key: 'email', value: 'no address' }),
  'changes a quota': async ({ admin }) => {
    await admin.put('/cloud/users/bob', { key: 'quota', value: '5 GB' })
    await admin.get('/cloud/users/bob')
  },
  'lets nobody change the quota of others': ({ bob }) => bob.put('/cloud/users/alice', { key: 'quota', value: '5 GB' }),
  'disables an account': async ({ admin, bob }) => {
    await admin.put('/cloud/users/bob/disable')
    await admin.get('/cloud/users/bob')
    await bob.get('/cloud/user')
    await admin.put('/cloud/users/bob/enable')
  },
  'removes an account': async ({ admin }) => {
    await admin.delete('/cloud/users/carol')
    await admin.get('/cloud/users/carol')
  },
  'lets nobody remove others': ({ alice }) => alice.delete('/cloud/users/bob'),
  'lets nobody list accounts': ({ alice }) => alice.get('/cloud/users'),
  'wants credentials': ({ nobody }) => nobody.get('/cloud/user'),
  'knows wrong passwords': ({ ocs }) => new ConsumerClient(ocs, 'alice', 'wrong').get('/cloud/user'),
  'shows which fields can be changed': ({ alice }) => alice.get('/cloud/user/fields'),
})

area('groups', TEAM, {
  'shows groups': ({ admin }) => admin.get('/cloud/groups?search=staff'),
  'shows details': ({ admin }) => admin.get('/cloud/groups/details?search=staff'),
  'shows members': ({ admin }) => admin.get('/cloud/groups/staff/users'),
  'shows members in detail': ({ admin }) => admin.get('/cloud/groups/staff/users/details'),
  'shows groups of an account': ({ admin }) => admin.get('/cloud/users/alice/groups'),
  'shows no group': ({ admin }) => admin.get('/cloud/groups/no-such-group/users'),
  'adds a group': async ({ admin }) => {
    await admin.post('/cloud/groups', { groupid: 'writers' })
    await admin.get('/cloud/groups/writers/users')
  },
  'adds no group twice': ({ admin }) => admin.post('/cloud/groups', { groupid: 'staff' }),
  'names a group': async ({ admin }) => {
    await admin.put('/cloud/groups/staff', { key: 'displayname', value: 'All staff' })
    await admin.get('/cloud/groups/details?search=staff')
  },
  'removes a group': async ({ admin }) => {
    await admin.delete('/cloud/groups/readers')
    await admin.get('/cloud/groups/readers/users')
  },
  'lets somebody in': async ({ admin }) => {
    await admin.post('/cloud/users/carol/groups', { groupid: 'readers' })
    await admin.get('/cloud/users/carol/groups')
  },
  'lets somebody go': async ({ admin }) => {
    await admin.delete('/cloud/users/bob/groups', { groupid: 'staff' })
    await admin.get('/cloud/groups/staff/users')
  },
  'has administrators': async ({ admin, alice }) => {
    await admin.post('/cloud/users/alice/subadmins', { groupid: 'staff' })
    await admin.get('/cloud/groups/staff/subadmins')
    await alice.get('/cloud/groups/staff/users')
  },
  'lets nobody see members': ({ alice }) => alice.get('/cloud/groups/staff/users'),
})

area('sharing', FILES, {
  'shares with a colleague': async ({ alice, bob }) => {
    const share = await alice.post(SHARES, { path: '/report.txt', shareType: 0, shareWith: 'bob', permissions: 1 })
    await alice.get(`${SHARES}/${share.at('id')}`)
    await bob.get(`${SHARES}?shared_with_me=true`)
  },
  'shares with a group': async ({ alice, bob }) => {
    await alice.post(SHARES, { path: '/plans', shareType: 1, shareWith: 'staff', permissions: 31 })
    await bob.get(`${SHARES}?shared_with_me=true`)
  },
  'shares by link': async ({ alice }) => {
    const share = await alice.post(SHARES, { path: '/report.txt', shareType: 3 })
    await alice.get(`${SHARES}/${share.at('id')}`)
    await alice.delete(`${SHARES}/${share.at('id')}`)
    await alice.get(`${SHARES}/${share.at('id')}`)
  },
  'shares by link with a password': ({ alice }) =>
    alice.post(SHARES, { path: '/report.txt', shareType: 3, password: 'correct horse battery' }),
  'shares by link until a day': ({ alice }) =>
    alice.post(SHARES, { path: '/report.txt', shareType: 3, expireDate: inDays(10) }),
  'changes a note': async ({ alice }) => {
    const share = await alice.post(SHARES, { path: '/report.txt', shareType: 0, shareWith: 'bob' })
    await alice.put(`${SHARES}/${share.at('id')}`, { note: 'Please read' })
  },
  'changes permissions': async ({ alice, bob }) => {
    const share = await alice.post(SHARES, { path: '/report.txt', shareType: 0, shareWith: 'bob', permissions: 1 })
    await alice.put(`${SHARES}/${share.at('id')}`, { permissions: 3 })
    await bob.get(`${SHARES}/${share.at('id')}`)
  },
  'shares nothing that is not there': ({ alice }) => alice.post(SHARES, { path: '/nothing.txt', shareType: 3 }),
  'shares with nobody': ({ alice }) =>
    alice.post(SHARES, { path: '/report.txt', shareType: 0, shareWith: 'no-such-user' }),
  'shares no past day': ({ alice }) =>
    alice.post(SHARES, { path: '/report.txt', shareType: 3, expireDate: '2001-01-01' }),
  'shares in no unknown way': ({ alice }) =>
    alice.post(SHARES, { path: '/report.txt', shareType: 99, shareWith: 'bob' }),
  'finds whom to share with': ({ alice }) =>
    alice.get('/apps/files_sharing/api/v1/sharees?search=bob&itemType=file&lookup=false'),
  'lists no shares': ({ alice }) => alice.get(`${SHARES}?path=/report.txt`),
  'lets nobody look at shares of others': async ({ alice, bob }) => {
    const share = await alice.post(SHARES, { path: '/report.txt', shareType: 3 })
    await bob.get(`${SHARES}/${share.at('id')}`)
  },
})

area('shared', PUBLISHED, {
  'shows what one shares': ({ alice }) => alice.get(SHARES),
  'shows what is shared with one': ({ bob }) => bob.get(`${SHARES}?shared_with_me=true`),
  'shows what is shared below a folder': ({ alice }) => alice.get(`${SHARES}?path=/&subfiles=true`),
  'opens what is shared': async ({ bob }) => (await bob.dav('GET', '/files/bob/plans/spring.md')).text(),
  'writes nothing that is only to be read': ({ bob }) => bob.dav('PUT', '/files/bob/plans/spring.md', 'Mine'),
  'leaves a share': async ({ bob }) => {
    const shares = await bob.get(`${SHARES}?shared_with_me=true`)
    await bob.delete(`${SHARES}/${shares.at(0, 'id')}`)
    await bob.get('/apps/files_sharing/api/v1/deletedshares')
  },
})

area('files', FILES, {
  'lists a folder': ({ alice }) => alice.dav('PROPFIND', '/files/alice/plans', undefined, { Depth: '1' }),
  'lists the home': ({ alice }) => alice.dav('PROPFIND', '/files/alice/', undefined, { Depth: '1' }),
  'reads a file': ({ alice }) => alice.dav('GET', '/files/alice/report.txt'),
  'reads a part': ({ alice }) => alice.dav('GET', '/files/alice/report.txt', undefined, { Range: 'bytes=2-4' }),
  'finds no file': ({ alice }) => alice.dav('GET', '/files/alice/nothing.txt'),
  'writes a file': async ({ alice }) => {
    await alice.dav('PUT', '/files/alice/new.txt', 'New.\n')
    await alice.dav('GET', '/files/alice/new.txt')
  },
  'writes over a file': async ({ alice }) => {
    await alice.dav('PUT', '/files/alice/report.txt', 'Another report.\n')
    await alice.dav('GET', '/files/alice/report.txt')
  },
  'makes a folder': async ({ alice }) => {
    await alice.dav('MKCOL', '/files/alice/summer')
    await alice.dav('PROPFIND', '/files/alice/summer', undefined, { Depth: '0' })
  },
  'makes no folder twice': ({ alice }) => alice.dav('MKCOL', '/files/alice/plans'),
  'makes no folder in nowhere': ({ alice }) => alice.dav('MKCOL', '/files/alice/nowhere/summer'),
  'moves a file': async ({ alice }) => {
    const Destination = 'https://cloud.example.com/remote.php/dav/files/alice/plans/report.txt'
    await alice.dav('MOVE', '/files/alice/report.txt', undefined, { Destination })
    await alice.dav('PROPFIND', '/files/alice/plans', undefined, { Depth: '1' })
  },
  'copies over nothing': ({ alice }) =>
    alice.dav('COPY', '/files/alice/report.txt', undefined, {
      Destination: 'https://cloud.example.com/remote.php/dav/files/alice/plans/spring.md',
      Overwrite: 'F',
    }),
  'removes a file': async ({ alice }) => {
    await alice.dav('DELETE', '/files/alice/report.txt')
    await alice.dav('GET', '/files/alice/report.txt')
  },
  'removes nothing that is not there': ({ alice }) => alice.dav('DELETE', '/files/alice/nothing.txt'),
  'keeps to its own home': ({ bob }) => bob.dav('GET', '/files/alice/report.txt'),
  'marks a favourite': ({ alice }) => alice.dav('PROPPATCH', '/files/alice/report.txt', FAVOURITE, XML),
  'asks for properties': ({ alice }) =>
    alice.dav('PROPFIND', '/files/alice/report.txt', PROPERTIES, { ...XML, Depth: '0' }),
  'writes only over what it knows': ({ alice }) =>
    alice.dav('PUT', '/files/alice/report.txt', 'Late', { 'If-None-Match': '*' }),
  'shows the trash': async ({ alice }) => {
    await alice.dav('DELETE', '/files/alice/plans/spring.md')
    await alice.dav('PROPFIND', '/trashbin/alice/trash', TRASHED, { ...XML, Depth: '1' })
  },
})

area('status', TEAM, {
  'has none at first': ({ alice }) => alice.get(STATUS),
  'goes away': async ({ alice }) => {
    await alice.put(`${STATUS}/status`, { statusType: 'away' })
    await alice.get(STATUS)
  },
  'says something': async ({ alice, bob }) => {
    await alice.put(`${STATUS}/message/custom`, { statusIcon: '🚀', message: 'Testing' })
    await bob.get('/apps/user_status/api/v1/statuses/alice')
  },
  'says something for an hour': ({ alice }) =>
    alice.put(`${STATUS}/message/custom`, { message: 'Lunch', clearAt: Math.floor(Date.now() / 1000) + 3600 }),
  'chooses a message': ({ alice }) => alice.put(`${STATUS}/message/predefined`, { messageId: 'meeting' }),
  'chooses no unknown message': ({ alice }) => alice.put(`${STATUS}/message/predefined`, { messageId: 'none-such' }),
  'knows no other states': ({ alice }) => alice.put(`${STATUS}/status`, { statusType: 'asleep' }),
  'takes its message back': async ({ alice }) => {
    await alice.put(`${STATUS}/message/custom`, { message: 'Testing' })
    await alice.delete(`${STATUS}/message`)
    await alice.get(STATUS)
  },
  'is unknown of others': ({ bob }) => bob.get('/apps/user_status/api/v1/statuses/alice'),
  'offers messages': ({ alice }) => alice.get('/apps/user_status/api/v1/predefined_statuses'),
})

area(
  'away',
  { ...TEAM, statuses: [{ user: 'bob', status: 'dnd', message: 'Writing', icon: '✍️' }] },
  {
    'shows that somebody writes': ({ alice }) => alice.get('/apps/user_status/api/v1/statuses/bob'),
  },
)

area('notifications', TEAM, {
  'has none at first': ({ alice }) => alice.get(NOTIFICATIONS),
  'comes from an administrator': async ({ admin, alice }) => {
    await admin.post(`${NOTIFY}/alice`, { shortMessage: 'Hello', longMessage: 'Hello from the administrator' })
    const notices = await alice.get(NOTIFICATIONS)
    await alice.get(`${NOTIFICATIONS}/${notices.at(0, 'notification_id')}`)
  },
  'goes when it was read': async ({ admin, alice }) => {
    await admin.post(`${NOTIFY}/alice`, { shortMessage: 'Hello' })
    const notices = await alice.get(NOTIFICATIONS)
    await alice.delete(`${NOTIFICATIONS}/${notices.at(0, 'notification_id')}`)
    await alice.get(NOTIFICATIONS)
  },
  'is nobody else’s': async ({ admin, alice, bob }) => {
    await admin.post(`${NOTIFY}/alice`, { shortMessage: 'Hello' })
    const notices = await alice.get(NOTIFICATIONS)
    await bob.get(`${NOTIFICATIONS}/${notices.at(0, 'notification_id')}`)
  },
  'is sent to nobody': ({ admin }) => admin.post(`${NOTIFY}/no-such-user`, { shortMessage: 'Hello' }),
  'is sent by nobody but administrators': ({ alice }) => alice.post(`${NOTIFY}/bob`, { shortMessage: 'Hello' }),
  'needs words': ({ admin }) => admin.post(`${NOTIFY}/alice`, { shortMessage: '' }),
})

area(
  'noticed',
  { ...TEAM, notifications: [{ user: 'alice', subject: 'Read me', message: 'At once' }] },
  {
    'shows what is there': ({ alice }) => alice.get(NOTIFICATIONS),
    'is emptied': async ({ alice }) => {
      await alice.delete(NOTIFICATIONS)
      await alice.get(NOTIFICATIONS)
    },
  },
)

area('search', FILES, {
  'knows where to search': ({ alice }) => alice.get('/search/providers'),
  'finds a file': ({ alice }) => alice.get('/search/providers/files/search?term=report'),
  'finds nothing': ({ alice }) => alice.get('/search/providers/files/search?term=nothing-of-that-name'),
  'knows no other provider': ({ alice }) => alice.get('/search/providers/no-such-provider/search?term=report'),
  'completes names': ({ alice }) =>
    alice.get('/core/autocomplete/get?search=bob&itemType=%20&itemId=%20&shareTypes[]=0'),
})

area('greetings', ALICE, {
  'are for everybody': ({ alice }) => alice.get('/apps/greetings/greeting'),
  'are for nobody who does not say who': ({ nobody }) => nobody.get('/apps/greetings/greeting'),
})

const XML = { 'Content-Type': 'application/xml' }
const FAVOURITE =
  '<?xml version="1.0"?><d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite></d:prop></d:set></d:propertyupdate>'
const PROPERTIES =
  '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:fileid/><oc:size/><oc:permissions/><oc:owner-id/><d:getcontenttype/></d:prop></d:propfind>'
const TRASHED =
  '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:prop><nc:trashbin-filename/><nc:trashbin-original-location/></d:prop></d:propfind>'
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** A hundred tests of a consumer, in all areas. */
export const consumerTests: readonly ConsumerTest[] = tests

/** Run tests of the consumer; each has a world of its own. */
export async function runConsumer(folder: string, chosen: readonly ConsumerTest[] = tests): Promise<void> {
  const begun = new Map<Seed, OcsMock>()
  for (const { name, seed, run } of chosen) {
    const first = begun.get(seed) ?? createOcsMock({ seed, apps: [greetings], contract: folder, onNotBuilt: () => {} })
    begun.set(seed, first)
    const ocs = first.fork()
    ocs.contract?.test(name)
    const client = (user: string) => new ConsumerClient(ocs, user)
    await run({
      admin: client('admin'),
      alice: client('alice'),
      bob: client('bob'),
      nobody: new ConsumerClient(ocs, null),
      ocs,
    })
  }
}
