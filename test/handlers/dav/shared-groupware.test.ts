import { ask, type DavAsk, errorOf, hrefsOf, textOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const seed = {
  clock: { now: '2026-11-29T12:00:00Z', frozen: true },
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: id, email: `${id}@example.com` })),
  groups: [{ id: 'staff', members: ['bob', 'carol'] }],
}
const NAMESPACES = 'xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:cal="urn:ietf:params:xml:ns:caldav"'
const propfind = (...names: string[]) =>
  `<d:propfind ${NAMESPACES}><d:prop>${names.map((name) => `<${name}/>`).join('')}</d:prop></d:propfind>`
const CALENDAR = '/remote.php/dav/calendars/alice/personal'
const BOOK = '/remote.php/dav/addressbooks/users/alice/contacts'
const EVENT = (start: string, end: string, ...more: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'BEGIN:VEVENT', `UID:${start}`, 'DTSTAMP:20261101T100000Z']
    .concat([`DTSTART:${start}`, `DTEND:${end}`, ...more, 'END:VEVENT', 'END:VCALENDAR', ''])
    .join('\r\n')

const share = (...elements: string[]) => `<oc:share ${NAMESPACES}>${elements.join('')}</oc:share>`
const withThem = (who: string, access = '') => `<oc:set><d:href>${who}</d:href>${access}</oc:set>`

directly('what is shared', seed, (way) => {
  const as =
    (who: string) =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, path, { as: `${who}:${who}`, ...asked })
  const [alice, bob, carol] = [as('alice'), as('bob'), as('carol')]
  const post = (path: string, body: string, who = alice) =>
    who('POST', path, { body, headers: { 'Content-Type': 'application/xml' } })
  const invited = async (path: string) => {
    const { text } = await alice('PROPFIND', path, { body: propfind('oc:invite'), headers: { Depth: '0' } })
    return [...text.matchAll(/principal:([^<]*)/g)].map(([, principal]) => principal)
  }

  it('is shared with principals: whoever else is named is passed over, and nobody at all is a mistake', async () => {
    await alice('PROPFIND', '/remote.php/dav/calendars/alice')
    const others = ['mailto:bob@example.com', 'principals/users/bob', 'principal:principals/users/nobody']
    for (const who of [...others, 'principal:principals/circles/none', 'principal:principals/users/alice'])
      expect((await post(CALENDAR, share(withThem(who)))).status).toBe(200)
    expect(await invited(CALENDAR)).toEqual([])
    const nobody = await post(CALENDAR, share('<oc:set/>'))
    expect([nobody.status, errorOf(nobody).exception]).toEqual([500, 'TypeError'])
  })

  it('names an account among those who may, unless it is only of a group that may', async () => {
    await alice('PROPFIND', '/remote.php/dav/calendars/alice')
    const entries = async () => {
      const path = '/remote.php/dav/calendars/bob/personal_shared_by_alice'
      const { text } = await bob('PROPFIND', path, { body: propfind('d:acl'), headers: { Depth: '0' } })
      return text.split('<d:href>/remote.php/dav/principals/users/bob/</d:href>').length - 1
    }
    await post(CALENDAR, share(withThem('principal:principals/groups/staff')))
    expect(await entries()).toBe(2)
    await post(CALENDAR, share(withThem('principal:principals/users/bob')))
    expect(await entries()).toBe(4)
  })

  it('reaches the members of a team in calendars, and not in address books', async () => {
    await alice('PROPFIND', '/remote.php/dav/calendars/alice')
    await alice('PROPFIND', '/remote.php/dav/addressbooks/users/alice')
    const json = { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' }
    const team = await alice('POST', '/ocs/v2.php/apps/circles/circles?format=json', {
      body: 'name=Crew',
      headers: json,
    })
    const { id } = JSON.parse(team.text).ocs.data
    const path = `/ocs/v2.php/apps/circles/circles/${id}/members?format=json`
    await alice('POST', path, { body: 'userId=carol&type=1', headers: json })
    await post(CALENDAR, share(withThem(`principal:principals/circles/${id}`)))
    await post(BOOK, share(withThem(`principal:principals/circles/${id}`)))
    expect(await invited(CALENDAR)).toEqual([`principals/circles/${id}`])
    const listed = async (home: string) => hrefsOf(await carol('PROPFIND', home, { headers: { Depth: '1' } })).join()
    expect(await listed('/remote.php/dav/calendars/carol')).toContain('personal_shared_by_alice')
    expect(await listed('/remote.php/dav/addressbooks/users/carol')).not.toContain('shared_by')
  })

  it('is left by what is moved out of it, as its owner hears', async () => {
    await alice('PROPFIND', '/remote.php/dav/calendars/alice')
    await bob('PROPFIND', '/remote.php/dav/calendars/bob')
    await post(CALENDAR, share(withThem('principal:principals/users/bob', '<oc:read-write/>')))
    const headers = { 'Content-Type': 'text/calendar' }
    const body = EVENT('20261210T100000Z', '20261210T120000Z', 'SUMMARY:Rowing')
    await alice('PUT', `${CALENDAR}/a.ics`, { body, headers })
    const home = '/remote.php/dav/calendars/bob'
    const Destination = `${home}/personal/a.ics`
    const moved = await bob('MOVE', `${home}/personal_shared_by_alice/a.ics`, { headers: { Destination } })
    expect(moved.status).toBe(201)
    await bob('MKCALENDAR', `${home}/more`)
    await bob('MOVE', Destination, { headers: { Destination: `${home}/more/a.ics` } })
    const told = async (who: typeof alice) => {
      const path = '/ocs/v2.php/apps/activity/api/v2/activity?format=json'
      const { text } = await who('GET', path, { headers: { 'OCS-APIRequest': 'true' } })
      return JSON.parse(text).ocs.data.map(({ subject }: { subject: string }) => subject)
    }
    expect(await told(alice)).toContain('@bob deleted event Rowing from calendar Personal')
    const subjects = await told(bob)
    expect(subjects).toContain('You created event Rowing in calendar Personal')
    expect(subjects).toContain('You moved event Rowing from calendar Personal to calendar more')
  })

  it('is moved where there is a place, before it is asked who may', async () => {
    await bob('PROPFIND', '/remote.php/dav/calendars/bob')
    const theirs = '/remote.php/dav/calendars/bob'
    const moved = async (to: string) => {
      const answer = await alice('MOVE', `${theirs}/personal/a.ics`, { headers: { Destination: `${theirs}/${to}` } })
      return [answer.status, errorOf(answer).message]
    }
    expect(await moved('none/b.ics')).toEqual([409, 'The destination node is not found'])
    expect(await moved('personal/b.ics')).toEqual([404, "Calendar with name 'personal' could not be found"])
  })

  it('may be called in another way by whom it is shared with', async () => {
    await alice('PROPFIND', '/remote.php/dav/addressbooks/users/alice')
    await post(BOOK, share(withThem('principal:principals/users/bob')))
    const path = '/remote.php/dav/addressbooks/users/bob/contacts_shared_by_alice'
    const body = `<d:propertyupdate ${NAMESPACES}><d:set><d:prop><d:displayname>Hers</d:displayname></d:prop></d:set></d:propertyupdate>`
    expect((await bob('PROPPATCH', path, { body })).text).toContain('200 OK')
    const named = await bob('PROPFIND', path, { body: propfind('d:displayname'), headers: { Depth: '0' } })
    expect(textOf(named, 'd:displayname')).toBe('Hers')
    const system = await post(
      '/remote.php/dav/addressbooks/users/bob/z-server-generated--system',
      share(withThem('x')),
      bob,
    )
    expect(system.status).toBe(404)
  })
})

directly('the outbox', seed, (way) => {
  const as =
    (who: string) =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, path, { as: `${who}:${who}`, ...asked })
  const [alice, bob] = [as('alice'), as('bob')]
  const question = (...lines: string[]) =>
    ['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VFREEBUSY', 'UID:q', 'DTSTAMP:20261101T100000Z', ...lines]
      .concat(['END:VFREEBUSY', 'END:VCALENDAR', ''])
      .join('\r\n')
  const DAYS = ['DTSTART:20261210T000000Z', 'DTEND:20261211T000000Z']
  const ORGANIZER = 'ORGANIZER:mailto:alice@example.com'
  const send = (body: string, who = alice) =>
    who('POST', '/remote.php/dav/calendars/alice/outbox', { body, headers: { 'Content-Type': 'text/calendar' } })
  const busy = async () => {
    const { text } = await send(question(...DAYS, ORGANIZER, 'ATTENDEE:mailto:bob@example.com'))
    return [...text.matchAll(/FREEBUSY(;[^:]*)?:\d{8}(\S+)\/\d{8}(\S+)/g)].map(
      ([, type = '', from, to]) => from! + to + type,
    )
  }

  it('tells when somebody is busy, and by what they said they can be reached', async () => {
    await bob('PROPFIND', '/remote.php/dav/calendars/bob')
    const home = '/remote.php/dav/calendars/bob'
    const headers = { 'Content-Type': 'text/calendar' }
    await bob('PUT', `${home}/personal/a.ics`, { body: EVENT('20261210T100000Z', '20261210T120000Z'), headers })
    const maybe = EVENT('20261210T110000Z', '20261210T130000Z', 'STATUS:TENTATIVE')
    await bob('PUT', `${home}/personal/b.ics`, { body: maybe, headers })
    expect(await busy()).toEqual(['T100000ZT110000Z', 'T110000ZT130000Z;FBTYPE=BUSY-TENTATIVE'])

    const available = ['BEGIN:VCALENDAR', 'BEGIN:VAVAILABILITY', 'UID:v', 'BEGIN:AVAILABLE', 'UID:w']
      .concat(['DTSTART:20261201T090000Z', 'DTEND:20261201T170000Z', 'RRULE:FREQ=DAILY', 'END:AVAILABLE'])
      .concat(['END:VAVAILABILITY', 'END:VCALENDAR'])
      .join('\n')
    const cs = 'xmlns:cs="http://calendarserver.org/ns/"'
    const body = `<d:propertyupdate ${NAMESPACES} ${cs}><d:set><d:prop><cs:calendar-availability>${available}</cs:calendar-availability></d:prop></d:set></d:propertyupdate>`
    await bob('PROPPATCH', `${home}/inbox`, { body })
    expect(await busy()).toEqual([
      'T000000ZT090000Z;FBTYPE=BUSY-UNAVAILABLE',
      'T100000ZT110000Z',
      'T110000ZT130000Z;FBTYPE=BUSY-TENTATIVE',
      'T170000ZT000000Z;FBTYPE=BUSY-UNAVAILABLE',
    ])
    const kept = await bob('PROPFIND', `${home}/inbox`, { body: propfind('cal:calendar-availability') })
    expect(textOf(kept, 'cal:calendar-availability')).toContain('UID:v')
  })

  it('knows whoever asks, and refuses half a question', async () => {
    await alice('PROPFIND', '/remote.php/dav/calendars/alice')
    const attendee = 'ATTENDEE:mailto:bob@example.com'
    const problem = async (body: string, who = alice) => {
      const answer = await send(body, who)
      return [answer.status, errorOf(answer).message]
    }
    expect(await problem(question(...DAYS, 'ORGANIZER:mailto:bob@example.com', attendee))).toEqual([
      403,
      'The organizer in the request did not match any of the addresses for the owner of this inbox',
    ])
    expect(await problem(question(...DAYS, ORGANIZER))).toEqual([400, 'You must at least specify 1 attendee'])
    expect(await problem(question(ORGANIZER, attendee))).toEqual([400, 'DTSTART and DTEND must both be specified'])
    expect(await problem(question(...DAYS, ORGANIZER, attendee), bob)).toEqual([
      ...[404, "Node with name 'outbox' could not be found"],
    ])
    const unknown = await send(question(...DAYS, ORGANIZER, 'ATTENDEE:/remote.php/dav/principals/users/bob/'))
    expect(textOf(unknown, 'cal:request-status')).toBe('3.7;Could not find principal')
  })
})
