import { ask, type DavAsk, errorOf, hrefsOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const seed = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob' },
  ],
}
const NAMESPACES =
  'xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav" xmlns:card="urn:ietf:params:xml:ns:carddav"'
const propfind = (...names: string[]) =>
  `<d:propfind ${NAMESPACES}><d:prop>${names.map((name) => `<${name}/>`).join('')}</d:prop></d:propfind>`
const addressBook = `<d:mkcol ${NAMESPACES}><d:set><d:prop><d:resourcetype><d:collection/><card:addressbook/></d:resourcetype></d:prop></d:set></d:mkcol>`

directly('servers of calendars and contacts alone', seed, (way) => {
  const by =
    (as: string) =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, `/remote.php/${path}`, { as, ...asked })
  const [alice, bob] = [by('alice:secret'), by('bob:bob')]
  const listed = async (path: string, depth = '1') =>
    hrefsOf(await alice('PROPFIND', path, { headers: { Depth: depth } }))
  const deep = (path: string) => alice('PROPFIND', path, { headers: { Depth: '1' } })

  it('list what they hold, and name neither accounts nor address books', async () => {
    expect(await listed('caldav')).toEqual([
      '/remote.php/caldav/',
      '/remote.php/caldav/principals/',
      '/remote.php/caldav/calendars/',
    ])
    expect((await listed('carddav/')).at(-1)).toBe('/remote.php/carddav/addressbooks/')
    expect((await deep('caldav/principals')).status).toBe(405)
    expect((await deep('carddav/addressbooks')).status).toBe(405)
  })

  it('call accounts and their address books without a kind above them', async () => {
    expect(await listed('caldav/calendars/alice')).toContain('/remote.php/caldav/calendars/alice/personal/')
    expect(await listed('carddav/addressbooks/alice')).toContain('/remote.php/carddav/addressbooks/alice/contacts/')
    const { status } = await alice('PROPFIND', 'caldav/principals/users/alice', { headers: { Depth: '0' } })
    expect(status).toBe(404)
  })

  it('tell an account the home of their own kind, and no groups', async () => {
    const names = [
      'cal:calendar-home-set',
      'card:addressbook-home-set',
      'd:group-membership',
      'd:current-user-principal',
    ]
    const body = propfind(...names, 'd:principal-collection-set')
    const calendars = await alice('PROPFIND', 'caldav/principals/alice', { body, headers: { Depth: '0' } })
    expect(calendars.text).toContain('/remote.php/caldav/calendars/alice/')
    expect(calendars.text).toContain('/remote.php/caldav/principals/alice/')
    expect(calendars.text).toContain('<d:href>/remote.php/caldav/principals/</d:href>')
    const contacts = await alice('PROPFIND', 'carddav/principals/alice', { body, headers: { Depth: '0' } })
    expect(contacts.text).toContain('/remote.php/carddav/addressbooks/alice/')
    expect(contacts.text).not.toContain('/remote.php/carddav/calendars/')
  })

  it('make calendars and address books, which the newer server has too', async () => {
    expect((await alice('MKCALENDAR', 'caldav/calendars/alice/rowing')).status).toBe(201)
    expect((await alice('PROPFIND', 'dav/calendars/alice/rowing')).status).toBe(207)
    const asked = { body: addressBook, headers: { 'Content-Type': 'application/xml' } }
    expect((await alice('MKCOL', 'carddav/addressbooks/alice/club', asked)).status).toBe(201)
    expect((await alice('PROPFIND', 'dav/addressbooks/users/alice/club')).status).toBe(207)
  })

  it("hide other people's behind the same words as the newer server", async () => {
    await alice('PROPFIND', 'caldav/calendars/alice')
    const calendar = await bob('PROPFIND', 'caldav/calendars/alice/personal')
    expect([calendar.status, errorOf(calendar).message]).toEqual([
      404,
      "Calendar with name 'personal' could not be found",
    ])
    const book = await bob('PROPFIND', 'carddav/addressbooks/alice/contacts')
    expect([book.status, errorOf(book).message]).toEqual([404, "Addressbook with name 'contacts' could not be found"])
  })

  it('know one way to log in, and ask for it everywhere', async () => {
    const answer = await way.fetch('/remote.php/caldav/public-calendars/x', { method: 'PROPFIND' })
    expect([answer.status, await answer.text()]).toEqual([
      401,
      expect.stringMatching(/<s:message>No 'Authorization: Basic' header found[^,]*, or the server is misconfigured</),
    ])
  })

  it('are told from services that there are not', async () => {
    expect((await way.fetch('/remote.php/nothing', { method: 'PROPFIND' })).status).toBe(200)
  })
})

directly('the newer server', seed, (way) => {
  it.each([
    ['addressbooks/alice/club', "File not found: alice in 'addressbooks'"],
    ['addressbooks/users/nobody/club', 'Principal with name nobody not found'],
    ['calendars/nobody/rowing', 'Principal with name nobody not found'],
  ])('looks for what is above a new collection of calendars or contacts first: %s', async (path, message) => {
    const answer = await ask(way, 'MKCOL', `/remote.php/dav/${path}`, { as: 'alice:secret' })
    expect([answer.status, errorOf(answer).message]).toEqual([404, message])
  })

  it('lists calendars that were published to nobody, whoever asks', async () => {
    const answer = await way.fetch('/remote.php/dav/public-calendars', { method: 'PROPFIND', headers: { Depth: '1' } })
    expect([answer.status, (await answer.text()).match(/<d:href>[^<]*/g)]).toEqual([
      207,
      ['<d:href>/remote.php/dav/public-calendars/'],
    ])
  })
})
