import * as files from '#world/files/files.ts'
import { directly, expect, it, type OcsAnswer } from '../../support/ways.ts'

const STREAM = '/apps/activity/api/v2/activity'
const ALICE = { as: 'alice:alice' }
const DOWNLOADED = 999
const SEED = {
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob' },
  ],
  activities: [
    {
      user: 'alice',
      app: 'files_sharing',
      type: 'public_links',
      subject: 'public_shared_file_downloaded',
      objectType: 'files',
      objectId: DOWNLOADED,
    },
  ],
} as const

directly('the stream of activities', SEED, (way) => {
  /** Puts files into alice's home as she would, and gives the ids of the activities, the latest first. */
  const writes = async (...names: string[]) => {
    for (const name of names) {
      const address = `/remote.php/dav/files/alice/${name}`
      const headers = { Authorization: `Basic ${btoa(ALICE.as)}` }
      expect((await way.fetch(address, { method: 'PUT', headers, body: name })).status).toBe(201)
    }
  }
  const stream = (query = '', as = ALICE.as) => way.ask('GET', `${STREAM}${query}`, { as })
  const subjects = (text: string) =>
    [...text.matchAll(/(?:"subject":"|<subject>)([^"<]*)/g)].map(([, subject]) => subject!.replaceAll('\\/', '/'))
  /** In v1 an empty answer has a meta element that says so. */
  const outcome = (answer: OcsAnswer) => (way.version === 1 ? answer.code : answer.status)
  const idOf = (path: string) => files.resolve(way.ocs.world, 'alice', path)!.node.id

  way.inEveryWay('tells what an account did, the latest first, a page at a time', async () => {
    await writes('a.txt', 'b.txt')

    const first = await stream('?limit=1')
    const given = first.headers.get('X-Activity-Last-Given')
    const second = await stream(`?limit=1&since=${given}`)

    expect([first.code, subjects(first.text)]).toEqual([200, ['You created b.txt']])
    expect(first.headers.get('Link')).toContain(`since=${given}&limit=1&sort=desc`)
    expect(subjects(second.text)).toEqual(['You created a.txt'])
  })

  it('begins with the oldest where that is wanted', async () => {
    await writes('a.txt', 'b.txt')

    const [latest, oldest] = [await stream('?sort=desc'), await stream('?sort=asc')]

    expect(subjects(latest.text)[0]).toBe('You created b.txt, a.txt and welcome.txt')
    expect(subjects(oldest.text).at(-1)).toBe('You created welcome.txt, a.txt and b.txt')
  })

  it('says nothing new at its end, and to who has the page already', async () => {
    await writes('a.txt')
    const page = await stream()
    const last = page.headers.get('X-Activity-Last-Given')

    expect(outcome(await stream(`?since=${last}`))).toBe(304)
    const headers = { 'If-None-Match': page.headers.get('ETag')! }
    expect(outcome(await way.ask('GET', STREAM, { ...ALICE, headers }))).toBe(304)
  })

  it('shows nobody what is of another account', async () => {
    await writes('a.txt')
    const last = (await stream('?limit=1')).headers.get('X-Activity-Last-Given')

    const refused = await stream(`?since=${last}`, 'bob:bob')

    expect(outcome(refused)).toBe(403)
    expect((await way.ask('GET', STREAM)).code).toBe(997)
  })

  way.inEveryWay('is told by kind, and about one object', async () => {
    await writes('a.txt', 'b.txt')

    const about = `?object_type=files&object_id=${idOf('/a.txt')}`
    expect(subjects((await stream(`/filter${about}`)).text)).toEqual(['You created a.txt'])
    expect(subjects((await stream('/files')).text)).toEqual(['You created b.txt, a.txt and welcome.txt'])
    expect(outcome(await stream('/nosuchkind'))).toBe(404)
    expect(outcome(await stream('/by'))).toBe(304)
  })

  way.inEveryWay('lists the kinds by which it can be asked', async () => {
    const { code, text } = await stream('/filters')

    expect(code).toBe(200)
    for (const id of ['all', 'self', 'by', 'files', 'files_sharing']) expect(text).toMatch(new RegExp(`[">]${id}["<]`))
  })

  way.inEveryWay('counts downloads of a file over public links', async () => {
    const count = (query: string) => way.ask('GET', `${STREAM}/downloads/count${query}`, ALICE)
    const counted = await count(`?object_id=${DOWNLOADED}`)
    counted.expectData({ total: 1, last30d: 1 })
    way.ocs.world.clock.set('2026-06-01T12:00:00Z')
    const later = await count(`?object_id=${DOWNLOADED}`)
    later.expectData({ total: 1, last30d: 0 })
    expect(outcome(await count(''))).toBe(400)
  })

  way.inEveryWay('has an older form', async () => {
    await writes('a.txt')

    const page = await way.ask('GET', '/cloud/activity?count=1', ALICE)

    expect([page.code, subjects(page.text)]).toEqual([200, ['You created a.txt']])
  })

  it('begins behind what was seen, gives all for less than none, and fails before the first', async () => {
    await writes('a.txt', 'b.txt', 'c.txt')
    const asked = async (query: string) =>
      subjects((await way.ask('GET', `/cloud/activity?${query}`, ALICE)).text).length
    const all = await asked('count=-2')
    expect(all).toBe(await asked('start=99'))
    expect([await asked('count=-1'), await asked('count=0')]).toEqual([0, 0])
    const later = await way.ask('GET', '/cloud/activity?start=1', ALICE)
    expect(subjects(later.text)[0]).toMatch(/^You created b\.txt, a\.txt/)
    expect(outcome(await way.ask('GET', '/cloud/activity?start=-1', ALICE))).toBe(500)
  })
})
