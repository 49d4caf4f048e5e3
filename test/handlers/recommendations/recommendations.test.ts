import * as comments from '#world/files/comments.ts'
import * as files from '#world/files/files.ts'
import { setSystem, setUser } from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const PATH = '/apps/recommendations/api/v1/recommendations'
const CLOCK = '2026-06-01T12:00:00Z'
const NOW = Date.parse(CLOCK) / 1000
const [MINUTE, DAY] = [60, 86_400]
const ALICE = { as: 'alice:alice' }
const BOB = { as: 'bob:bob' }
const SEED = {
  clock: { now: CLOCK, frozen: true },
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob' },
  ],
  files: {
    alice: {
      '/welcome.txt': { mtime: NOW - 30 * DAY },
      '/report.pdf': { content: 'x', mtime: NOW - 3 * MINUTE },
      '/.secret': { content: 'x', mtime: NOW - MINUTE },
      '/notes/b.md': { content: '# b', mtime: NOW - 2 * MINUTE },
      '/notes/empty.txt': { content: '', mtime: NOW - 4 * MINUTE },
      '/empty/': '',
    },
    bob: { '/welcome.txt': { mtime: NOW - 30 * DAY } },
  },
  shares: [{ type: 'user', owner: 'alice', path: '/notes', with: 'bob' }],
} as const

directly('recommended files', SEED, (way) => {
  const idOf = (path: string) => files.resolve(way.ocs.world, 'alice', path)!.node.id
  const file = (path: string, at: number, more: Record<string, unknown>) => ({
    id: String(idOf(path)),
    timestamp: at,
    name: path.split('/').pop()!,
    directory: files.dirName(path),
    ...more,
  })
  const edited = { reason: 'recently-edited' }
  const expected = () => [
    file('/empty', NOW, { extension: '', mimeType: 'httpd/unix-directory', hasPreview: false, ...edited }),
    file('/notes/b.md', NOW - 2 * MINUTE, {
      extension: 'md',
      mimeType: 'text/markdown',
      hasPreview: true,
      ...edited,
    }),
    file('/report.pdf', NOW - 3 * MINUTE, {
      extension: 'pdf',
      mimeType: 'application/pdf',
      hasPreview: false,
      ...edited,
    }),
    file('/notes/empty.txt', NOW - 4 * MINUTE, {
      extension: 'txt',
      mimeType: 'text/plain',
      hasPreview: false,
      ...edited,
    }),
  ]

  way.inEveryWay('are those of the last two weeks, the latest first, none hidden, and empty folders', async () => {
    const answer = await way.ask('GET', PATH, ALICE)
    answer.expectData({ enabled: true, recommendations: expected() })
  })

  way.inEveryWay(
    'have the shared ones by when they were shared, and what is in them by when it was changed',
    async () => {
      const answer = await way.ask('GET', `${PATH}/always`, BOB)
      const shared = { extension: '', mimeType: 'httpd/unix-directory', hasPreview: false, reason: 'recently-shared' }
      const [, b, , empty] = expected()
      answer.expectData({ enabled: true, recommendations: [file('/notes', NOW, shared), b, empty] })
    },
  )

  it('have those that somebody commented on, each once', async () => {
    const objectId = String(idOf('/notes/b.md'))
    const comment = { objectType: 'files', objectId, parentId: 0, verb: 'comment', actorId: 'bob', message: 'Nice' }
    comments.add(way.ocs.world, comment)
    way.ocs.world.clock.advance('1m')
    comments.add(way.ocs.world, comment)
    const answer = await way.ask('GET', PATH, ALICE)
    const [first, b, ...rest] = expected()
    const commented = { ...b, timestamp: NOW + MINUTE, reason: 'recently-commented' }
    answer.expectData({ enabled: true, recommendations: [commented, first, ...rest] } as never)
  })

  it('have hidden files for who shows them, and no previews where there are none', async () => {
    setUser(way.ocs.world, 'alice', 'files', 'show_hidden', '1')
    setSystem(way.ocs.world, 'enable_previews', false)
    const answer = await way.ask('GET', PATH, ALICE)
    const hidden = { extension: 'secret', mimeType: 'application/octet-stream', hasPreview: false, ...edited }
    const [first, b, ...rest] = expected()
    answer.expectData({
      enabled: true,
      recommendations: [first, file('/.secret', NOW - MINUTE, hidden), { ...b, hasPreview: false }, ...rest],
    } as never)
  })

  it('are not told to who wants none, unless it asks always', async () => {
    setUser(way.ocs.world, 'alice', 'recommendations', 'enabled', 'false')
    const answer = await way.ask('GET', PATH, ALICE)
    answer.expectData({ enabled: false })
    const always = await way.ask('GET', `${PATH}/always`, ALICE)
    always.expectData({ enabled: false, recommendations: expected() } as never)
  })

  it('need a login', async () => {
    for (const path of [PATH, `${PATH}/always`]) expect((await way.ask('GET', path)).code).toBe(997)
  })
})
