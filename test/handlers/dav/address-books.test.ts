import { ask, type DavAsk, errorOf, hrefsOf } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  clock: { now: '2026-11-29T12:00:00Z', frozen: true },
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob', displayName: 'Bob Test' },
  ],
  addressBooks: [{ user: 'alice', uri: 'friends', displayName: 'Friends', contacts: [{ uid: 'ann', name: 'Ann' }] }],
  calendars: [
    {
      user: 'alice',
      uri: 'work',
      sharedWith: [{ user: 'bob' }],
      events: [{ uid: 'one', summary: 'One', start: '2026-12-01T10:00:00Z', location: 'Here' }],
    },
  ],
}
const HOME = '/remote.php/dav/addressbooks/users/alice'
const CALENDARS = '/remote.php/dav/calendars'
const card = (uid: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n')

everyTransport('address books', { seed }, (way) => {
  const alice = (method: string, path: string, asked: DavAsk = {}) =>
    ask(way, method, path, { as: 'alice:secret', ...asked })
  const put = (path: string, body: string) => alice('PUT', `${HOME}/${path}`, { body })

  it('are as they were seeded, beside those that everybody has', async () => {
    const listed = hrefsOf(await alice('PROPFIND', HOME, { headers: { Depth: '1' } }))
    expect(listed.map((href) => href.slice(HOME.length))).toEqual([
      ...['/', '/contacts/', '/friends/', '/z-server-generated--system/'],
      '/z-app-generated--contactsinteraction--recent/',
    ])
    expect((await alice('GET', `${HOME}/friends/ann.vcf`)).text).toContain('FN:Ann')
    const shared = await ask(way, 'GET', `${CALENDARS}/bob/work_shared_by_alice/one.ics`, { as: 'bob:bob' })
    expect(shared.text).toContain('LOCATION:Here')
  })

  it('keep contacts, each UID once', async () => {
    expect((await put('friends/eve.vcf', card('eve', 'FN:Eve'))).status).toBe(201)
    const clash = await put('friends/eve2.vcf', card('eve', 'FN:Eve'))
    expect([clash.status, errorOf(clash).message]).toEqual([
      400,
      'VCard object with uid already exists in this addressbook collection.',
    ])
    expect((await alice('DELETE', `${HOME}/friends/eve.vcf`)).status).toBe(204)
  })

  it('have the accounts of the server as contacts', async () => {
    const found = await alice('GET', `${HOME}/z-server-generated--system/Database:bob.vcf`)
    expect(found.text).toContain('Bob Test')
  })

  it('put birthdays into a calendar', async () => {
    await put('friends/joe.vcf', card('joe', 'FN:Joe', 'BDAY:19900517'))
    const birthday = `${CALENDARS}/alice/contact_birthdays/friends-joe.vcf.ics`
    expect((await alice('GET', birthday)).text).toContain('SUMMARY:🎂 Joe (1990)')
    await alice('DELETE', `${HOME}/friends/joe.vcf`)
    expect((await alice('GET', birthday)).status).toBe(404)
  })

  it('are searched', async () => {
    const query = (text: string) =>
      alice('REPORT', `${HOME}/friends`, {
        body: `<card:addressbook-query xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/></d:prop><card:filter><card:prop-filter name="FN"><card:text-match>${text}</card:text-match></card:prop-filter></card:filter></card:addressbook-query>`,
        headers: { Depth: '1' },
      })
    expect(hrefsOf(await query('an'))).toEqual([`${HOME}/friends/ann.vcf`])
    expect(hrefsOf(await query('nobody'))).toEqual([])
  })

  it('hand out many cards at once, those that are there', async () => {
    const hrefs = ['ann', 'none'].map((name) => `<d:href>${HOME}/friends/${name}.vcf</d:href>`)
    const answer = await alice('REPORT', `${HOME}/friends`, {
      body: `<card:addressbook-multiget xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"><d:prop><card:address-data/></d:prop>${hrefs.join('')}</card:addressbook-multiget>`,
      headers: { Depth: '1' },
    })
    expect([answer.status, answer.text.match(/BEGIN:VCARD/g)]).toEqual([207, ['BEGIN:VCARD']])
    expect(hrefsOf(answer)).toEqual([`${HOME}/friends/ann.vcf`])
  })

  it('tell principals where they are', async () => {
    const body = `<d:propfind xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"><d:prop><card:addressbook-home-set/></d:prop></d:propfind>`
    const found = await alice('PROPFIND', '/remote.php/dav/principals/users/alice', { body, headers: { Depth: '0' } })
    expect(found.text).toContain(`<card:addressbook-home-set><d:href>${HOME}/</d:href>`)
  })
})
