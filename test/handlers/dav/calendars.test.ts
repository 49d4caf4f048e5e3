import { ask, type DavAsk, errorOf, hrefsOf, textOf } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  clock: { now: '2026-11-29T12:00:00Z', frozen: true },
  users: [
    { id: 'alice', password: 'secret', email: 'alice@example.com' },
    { id: 'bob', password: 'bob', email: 'bob@example.com' },
  ],
}
const HOME = '/remote.php/dav/calendars/alice'
const event = (uid: string, ...lines: string[]) =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'BEGIN:VEVENT', `UID:${uid}`],
    ...['DTSTAMP:20261101T100000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n')
const NAMESPACES = 'xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"'
const propfind = (...names: string[]) =>
  `<d:propfind ${NAMESPACES}><d:prop>${names.map((name) => `<${name}/>`).join('')}</d:prop></d:propfind>`
const inRange = (start: string, end: string) =>
  `<cal:calendar-query ${NAMESPACES}><d:prop><d:getetag/></d:prop><cal:filter><cal:comp-filter name="VCALENDAR"><cal:comp-filter name="VEVENT"><cal:time-range start="${start}" end="${end}"/></cal:comp-filter></cal:comp-filter></cal:filter></cal:calendar-query>`

everyTransport('calendars', { seed }, (way) => {
  const by =
    (as: string) =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, path, { as, ...asked })
  const [alice, bob] = [by('alice:secret'), by('bob:bob')]
  const put = (path: string, body: string, headers: Record<string, string> = {}) =>
    alice('PUT', `${HOME}/${path}`, { body, headers: { 'Content-Type': 'text/calendar', ...headers } })
  const listed = async (path: string) =>
    hrefsOf(await alice('PROPFIND', `${HOME}/${path}`, { body: propfind('d:getetag'), headers: { Depth: '1' } }))

  it('begin with one for everybody, and one of birthdays', async () => {
    const home = await alice('PROPFIND', HOME, { body: propfind('d:displayname'), headers: { Depth: '1' } })
    expect(hrefsOf(home).map((href) => href.slice(HOME.length))).toEqual([
      ...['/', '/personal/', '/contact_birthdays/', '/inbox/', '/outbox/', '/trashbin/'],
    ])
  })

  it('are made, renamed and put into the trash', async () => {
    const body = `<cal:mkcalendar ${NAMESPACES}><d:set><d:prop><d:displayname>Work</d:displayname></d:prop></d:set></cal:mkcalendar>`
    expect((await alice('MKCALENDAR', `${HOME}/rowing`, { body })).status).toBe(201)
    const again = await alice('MKCALENDAR', `${HOME}/rowing`)
    expect([again.status, errorOf(again).message]).toEqual([405, 'The resource you tried to create already exists'])
    const named = await alice('PROPFIND', `${HOME}/rowing`, {
      body: propfind('d:displayname'),
      headers: { Depth: '0' },
    })
    expect(textOf(named, 'd:displayname')).toBe('Work')
    expect((await alice('DELETE', `${HOME}/rowing`)).status).toBe(204)
    expect(await listed('')).toContain(`${HOME}/rowing/`)
  })

  it('keep events with their etags, and each UID once', async () => {
    const made = await put('personal/a.ics', event('a', 'DTSTART:20261210T100000Z', 'SUMMARY:One'))
    expect(made.status).toBe(201)
    const hidden = [await bob('GET', `${HOME}/personal/a.ics`), await bob('GET', `${HOME}/personal`)]
    expect(hidden.map((answer) => errorOf(answer).message)).toEqual([
      "Node with name 'a.ics' could not be found",
      "Calendar with name 'personal' could not be found",
    ])
    const read = await alice('GET', `${HOME}/personal/a.ics`)
    expect([read.headers.get('etag'), read.headers.get('content-type')]).toEqual([
      made.headers.get('etag'),
      'text/calendar; charset=utf-8; component=vevent',
    ])
    const clash = await put('personal/b.ics', event('a', 'DTSTART:20261210T100000Z'))
    expect([clash.status, errorOf(clash).message]).toEqual([
      400,
      'Calendar object with uid already exists in this calendar collection.',
    ])
    await put('personal/b.ics', event('b', 'DTSTART:20261210T100000Z'))
    expect((await put('personal/b.ics', event('a', 'DTSTART:20261210T100000Z'))).status).toBe(500)
    const stale = await put('personal/a.ics', event('a', 'DTSTART:20261211T100000Z'), { 'If-Match': '"other"' })
    expect(stale.status).toBe(412)
  })

  it('refuse what is no calendar', async () => {
    const refused = await put('personal/c.ics', 'hello')
    expect(refused.status).toBe(415)
    expect((await alice('GET', `${HOME}/personal/c.ics`)).status).toBe(404)
  })

  it('find what comes back in a stretch of time', async () => {
    await put('personal/week.ics', event('week', 'DTSTART:20261201T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY'))
    const query = (start: string, end: string) =>
      alice('REPORT', `${HOME}/personal`, { body: inRange(start, end), headers: { Depth: '1' } })
    expect(hrefsOf(await query('20270105T000000Z', '20270106T000000Z'))).toEqual([`${HOME}/personal/week.ics`])
    expect(hrefsOf(await query('20270106T000000Z', '20270107T000000Z'))).toEqual([])
  })

  it('hand out many objects at once, those that are there', async () => {
    await put('personal/one.ics', event('one', 'DTSTART:20261210T100000Z', 'SUMMARY:One'))
    const hrefs = ['one', 'none'].map((name) => `<d:href>${HOME}/personal/${name}.ics</d:href>`)
    const answer = await alice('REPORT', `${HOME}/personal`, {
      body: `<cal:calendar-multiget ${NAMESPACES}><d:prop><d:getetag/><cal:calendar-data/></d:prop>${hrefs.join('')}</cal:calendar-multiget>`,
      headers: { Depth: '1' },
    })
    expect([answer.status, answer.text.match(/SUMMARY:One/g)]).toEqual([207, ['SUMMARY:One']])
    expect(hrefsOf(answer)).toEqual([`${HOME}/personal/one.ics`])
  })

  it('tell when their account is busy', async () => {
    const rule = 'RRULE:FREQ=DAILY;COUNT=2'
    await put('personal/busy.ics', event('busy', 'DTSTART:20261210T100000Z', 'DURATION:PT1H', rule))
    await put('personal/free.ics', event('free', 'DTSTART:20261210T120000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT'))
    const { status, text } = await alice('REPORT', `${HOME}/personal`, {
      body: `<cal:free-busy-query ${NAMESPACES}><cal:time-range start="20261208T000000Z" end="20270101T000000Z"/></cal:free-busy-query>`,
      headers: { Depth: '1' },
    })
    expect([status, text.match(/FREEBUSY:[^\r]+/g)]).toEqual([
      200,
      ['FREEBUSY:20261210T100000Z/20261210T110000Z', 'FREEBUSY:20261211T100000Z/20261211T110000Z'],
    ])
  })

  it('give up on rules that no day keeps', async () => {
    const never = event('never', 'DTSTART:20260301T090000Z', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')
    expect((await put('personal/never.ics', never)).status).toBeLessThan(600)
    const refused = await put('personal/odd.ics', event('odd', 'DTSTART:20260301T090000Z', 'RRULE:FREQ=NEVER'))
    expect([refused.status, errorOf(refused).message]).toEqual([500, 'Unknown value for FREQ=NEVER'])
  })

  it('tell what changed since a token', async () => {
    const sync = (token: string) =>
      alice('REPORT', `${HOME}/personal`, {
        body: `<d:sync-collection ${NAMESPACES}><d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`,
      })
    const token = textOf(await sync(''), 'd:sync-token')!
    await put('personal/new.ics', event('new', 'DTSTART:20261210T100000Z'))
    const changed = await sync(token)
    expect(hrefsOf(changed)).toEqual([`${HOME}/personal/new.ics`])
    const since = textOf(changed, 'd:sync-token')!
    await put('personal/z.ics', event('z', 'DTSTART:20261210T100000Z'))
    await put('personal/m.ics', event('m', 'DTSTART:20261210T100000Z'))
    await put('personal/new.ics', event('new', 'DTSTART:20261211T100000Z'))
    expect(hrefsOf(await sync(since))).toEqual(['m', 'new', 'z'].map((name) => `${HOME}/personal/${name}.ics`))
    await alice('DELETE', `${HOME}/personal/new.ics`)
    expect((await sync(textOf(changed, 'd:sync-token')!)).text).toContain('404 Not Found')
    expect((await sync('nonsense')).status).toBe(403)
  })

  it('are shared, and without writing nobody writes', async () => {
    await alice('PROPFIND', HOME)
    const share = `<o:share xmlns:o="http://owncloud.org/ns" xmlns:d="DAV:"><o:set><d:href>principal:principals/users/bob</d:href></o:set></o:share>`
    const headers = { 'Content-Type': 'application/xml' }
    expect((await alice('POST', `${HOME}/personal`, { body: share, headers })).status).toBe(200)
    const shared = '/remote.php/dav/calendars/bob/personal_shared_by_alice'
    expect((await bob('PROPFIND', shared, { headers: { Depth: '0' } })).status).toBe(207)
    const refused = await bob('PUT', `${shared}/x.ics`, { body: event('x', 'DTSTART:20261210T100000Z') })
    expect(refused.status).toBe(404)
    expect((await alice('DELETE', `${HOME}/personal`)).status).toBe(204)
  })

  it('bring an invitation to who is invited here', async () => {
    await bob('PROPFIND', '/remote.php/dav/calendars/bob')
    const attendees = ['ORGANIZER:mailto:alice@example.com', 'ATTENDEE;RSVP=TRUE:mailto:bob@example.com']
    await put('personal/meet.ics', event('meet', 'DTSTART:20261210T100000Z', 'SUMMARY:Meeting', ...attendees))
    const inbox = await bob('PROPFIND', '/remote.php/dav/calendars/bob/inbox', { headers: { Depth: '1' } })
    expect(hrefsOf(inbox)).toHaveLength(2)
  })

  it('leave with their account', async () => {
    await alice('PROPFIND', HOME)
    await by('admin:admin')('DELETE', '/ocs/v2.php/cloud/users/alice', { headers: { 'OCS-APIRequest': 'true' } })
    expect((await by('admin:admin')('PROPFIND', HOME)).status).toBe(404)
  })
})
