import { beforeEach, describe, expect, it } from 'vitest'
import {
  createOcsMock,
  defineApp,
  defineRecipients,
  defineShareType,
  defineTable,
  forgetRecipient,
  joinRecipient,
  leaveRecipient,
  type World,
} from '#index.ts'
import { ask } from '../support/ask.ts'

interface Room {
  readonly name: string
  readonly members: readonly string[]
}
const roomsTable = defineTable<Room>('zooRooms')
const rooms = (world: World) => [...world.table(roomsTable).entries()]

const zoo = defineApp('zoo', {
  tables: [roomsTable],
  recipients: [
    defineRecipients({
      type: 10,
      members: (world, id) => world.table(roomsTable).get(id)?.members ?? [],
      isMember: (world, id, userId) => world.table(roomsTable).get(id)?.members.includes(userId) ?? false,
      ofAccount: (world, userId) =>
        rooms(world)
          .filter(([, { members }]) => members.includes(userId))
          .map(([id]) => id),
      nameOf: (world, id) => world.table(roomsTable).get(id)?.name,
    }),
  ],
  shareTypes: [
    defineShareType({
      type: 10,
      name: 'rooms',
      search: ({ text }, { world, me }) =>
        rooms(world)
          .filter(([, { name, members }]) => members.includes(me) && name.startsWith(text))
          .map(([id, { name }]) => ({
            exact: name === text,
            item: { label: name, value: { shareType: 10, shareWith: id } },
          })),
      check: (id, { world, me }) =>
        world
          .table(roomsTable)
          .get(id ?? '')
          ?.members.includes(me)
          ? null
          : { code: 404, message: 'There is no such room' },
    }),
  ],
})

const SHARES = '/apps/files_sharing/api/v1/shares'
const SHAREES = '/apps/files_sharing/api/v1/sharees?itemType=file'

describe("a type of shares of one's own", () => {
  const ocs = createOcsMock({
    apps: [zoo],
    seed: {
      users: ['alice', 'bob', 'carol'].map((id) => ({ id })),
      files: { alice: { '/plan.txt': 'plan' } },
    },
  })
  const put = (members: readonly string[]) => ocs.world.table(roomsTable).set('den', { name: 'Den', members })
  const share = (shareWith: string) =>
    ask(ocs, 'POST', SHARES, { as: 'alice', json: { path: '/plan.txt', shareType: 10, shareWith } })
  const received = async (as: string) =>
    (await ask(ocs, 'GET', `${SHARES}?shared_with_me=true`, { as })).data as { file_target: string }[]

  beforeEach(() => {
    ocs.reset()
    put(['alice', 'bob'])
  })

  it('is found among those to share with, and suggested', async () => {
    const den = { label: 'Den', value: { shareType: 10, shareWith: 'den' } }
    const wide = await ask(ocs, 'GET', `${SHAREES}&search=D`, { as: 'alice' })
    expect(wide.data).toMatchObject({ exact: { rooms: [] }, rooms: [den] })
    const exact = await ask(ocs, 'GET', `${SHAREES}&search=Den&shareType[]=10`, { as: 'bob' })
    expect(exact.data).toMatchObject({ exact: { rooms: [den], users: [] }, rooms: [] })
    const stranger = await ask(ocs, 'GET', `${SHAREES}&search=Den`, { as: 'carol' })
    expect(stranger.data).toMatchObject({ exact: { rooms: [] }, rooms: [] })
    const suggested = await ask(ocs, 'GET', '/core/autocomplete/get?search=D&shareTypes[]=10', { as: 'alice' })
    expect(suggested.data).toMatchObject([{ id: 'den', label: 'Den', source: 'rooms' }])
  })

  it('says with whom it cannot be', async () => {
    expect(await share('nowhere')).toMatchObject({ status: 404, message: 'There is no such room' })
    ocs.reset({ apps: { disabled: ['zoo'] } })
    expect((await share('den')).message).toContain('does not support room shares')
  })

  it('reaches whoever is behind it, without being asked', async () => {
    const made = await share('den')
    expect(made.data).toMatchObject({ share_type: 10, share_with: 'den', share_with_displayname: 'Den' })
    expect((await share('den')).data).toMatchObject({ id: (made.data as { id: string }).id })
    expect(await received('bob')).toMatchObject([{ file_target: '/plan.txt' }])
    expect(await received('carol')).toEqual([])
    expect((await ask(ocs, 'GET', SHARES, { as: 'alice' })).data).toMatchObject([{ share_with: 'den' }])
  })

  it('follows who joins and leaves, and ends with what it is with', async () => {
    await share('den')
    put(['alice', 'bob', 'carol'])
    joinRecipient(ocs.world, 'carol')
    expect(await received('carol')).toHaveLength(1)
    put(['alice', 'carol'])
    leaveRecipient(ocs.world, 'bob', 10, 'den')
    expect(await received('bob')).toEqual([])
    forgetRecipient(ocs.world, 10, 'den')
    expect(await received('carol')).toEqual([])
    expect((await ask(ocs, 'GET', SHARES, { as: 'alice' })).data).toEqual([])
  })
})
