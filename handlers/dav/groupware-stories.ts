import { by, defineStories, type Step } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')

const CALENDAR = '/calendars/{alice}/{own}calendar'
const EVENT = `${CALENDAR}/meeting.ics`
const BOOK = '/addressbooks/users/{alice}/{own}contacts'
const CARD = `${BOOK}/ada.vcf`

const NAMESPACES =
  'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/"'
const xml = (root: string, inner: string) =>
  `<?xml version="1.0"?><${root} ${NAMESPACES}>${inner}</${root.split(' ')[0]}>`

const properties = (...names: string[]) => `<d:prop>${names.map((name) => `<${name}/>`).join('')}</d:prop>`

const propfind = (path: string, depth: string, ...names: string[]): Step =>
  alice.dav('PROPFIND', path, { body: xml('d:propfind', properties(...names)), headers: { depth } })

const report = (path: string, root: string, inner: string, more: Parameters<typeof alice.dav>[2] = {}): Step =>
  alice.dav('REPORT', path, { body: xml(root, inner), headers: { depth: '1' }, ...more })

/** What has changed since a token; an empty one asks for all. */
const sync = (path: string, token: string): Step =>
  report(
    path,
    'd:sync-collection',
    `<d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level>${properties('d:getcontenttype')}`,
    {
      capture: { sync: 'element d:sync-token' },
    },
  )

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`

const event = (summary: string, more: readonly string[] = []) =>
  lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//ocs-mock//verify//EN',
    'BEGIN:VEVENT',
    'UID:{own}meeting',
    'DTSTAMP:20300101T080000Z',
    'DTSTART:20300102T090000Z',
    'DTEND:20300102T100000Z',
    `SUMMARY:${summary}`,
    ...more,
    'END:VEVENT',
    'END:VCALENDAR',
  )

const task = lines(
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//ocs-mock//verify//EN',
  'BEGIN:VTODO',
  'UID:{own}task',
  'DTSTAMP:20300101T080000Z',
  'SUMMARY:Water the plants',
  'END:VTODO',
  'END:VCALENDAR',
)

const card = (name: string, more: readonly string[] = []) =>
  lines('BEGIN:VCARD', 'VERSION:3.0', 'UID:{own}ada', `FN:${name}`, 'N:Lovelace;Ada;;;', ...more, 'END:VCARD')

const CALENDAR_TYPE = 'text/calendar; charset=utf-8'
const CARD_TYPE = 'text/vcard; charset=utf-8'

const query = (start: string, end: string) =>
  report(
    CALENDAR,
    'c:calendar-query',
    `${properties('d:getcontenttype', 'c:calendar-data')}<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="${start}" end="${end}"/></c:comp-filter></c:comp-filter></c:filter>`,
  )

const search = (text: string) =>
  report(
    BOOK,
    'card:addressbook-query',
    `${properties('d:getcontenttype', 'card:address-data')}<card:filter><card:prop-filter name="FN"><card:text-match collation="i;unicode-casemap" match-type="contains">${text}</card:text-match></card:prop-filter></card:filter>`,
  )

export const groupwareStories = defineStories([
  {
    name: 'a calendar and its events',
    apps: ['dav'],
    steps: [
      propfind(CALENDAR, '0', 'd:resourcetype'),
      alice.dav('MKCALENDAR', CALENDAR, {
        body: xml(
          'c:mkcalendar',
          '<d:set><d:prop><d:displayname>Meetings</d:displayname><c:supported-calendar-component-set><c:comp name="VEVENT"/><c:comp name="VTODO"/></c:supported-calendar-component-set></d:prop></d:set>',
        ),
      }),
      alice.dav('MKCALENDAR', CALENDAR),
      propfind(CALENDAR, '0', 'd:resourcetype', 'd:displayname', 'c:supported-calendar-component-set', 'cs:getctag'),
      sync(CALENDAR, ''),
      alice.dav('PUT', EVENT, { body: event('Planning'), headers: { 'content-type': CALENDAR_TYPE } }),
      alice.dav('PUT', EVENT, {
        body: event('Once more'),
        headers: { 'content-type': CALENDAR_TYPE, 'if-none-match': '*' },
      }),
      alice.dav('GET', EVENT, { capture: { etag: 'header etag' } }),
      alice.dav('PUT', EVENT, {
        body: event('Planning, moved', ['LOCATION:Room 7']),
        headers: { 'content-type': CALENDAR_TYPE, 'if-match': '{etag}' },
      }),
      alice.dav('PUT', EVENT, {
        body: event('Lost'),
        headers: { 'content-type': CALENDAR_TYPE, 'if-match': '{etag}' },
      }),
      alice.dav('GET', EVENT),
      alice.dav('PUT', `${CALENDAR}/other.ics`, {
        body: event('Same UID'),
        headers: { 'content-type': CALENDAR_TYPE },
      }),
      alice.dav('PUT', `${CALENDAR}/broken.ics`, { body: 'no calendar', headers: { 'content-type': CALENDAR_TYPE } }),
      alice.dav('PUT', `${CALENDAR}/task.ics`, { body: task, headers: { 'content-type': CALENDAR_TYPE } }),
      propfind(CALENDAR, '1', 'd:resourcetype', 'd:getcontenttype'),
      query('20300101T000000Z', '20300103T000000Z'),
      query('20310101T000000Z', '20310103T000000Z'),
      report(
        CALENDAR,
        'c:calendar-multiget',
        `${properties('c:calendar-data')}<d:href>/remote.php/dav${EVENT}</d:href><d:href>/remote.php/dav${CALENDAR}/nothing.ics</d:href>`,
      ),
      sync(CALENDAR, '{sync}'),
      bob.dav('GET', EVENT),
      alice.dav('DELETE', `${CALENDAR}/task.ics`),
      alice.dav('DELETE', `${CALENDAR}/task.ics`),
      sync(CALENDAR, '{sync}'),
      sync(CALENDAR, '{sync}'),
      alice.dav('MOVE', EVENT, { headers: { destination: `/remote.php/dav${CALENDAR}/moved.ics` } }),
      alice.dav('PROPPATCH', CALENDAR, {
        body: xml('d:propertyupdate', '<d:set><d:prop><d:displayname>All meetings</d:displayname></d:prop></d:set>'),
      }),
      propfind(CALENDAR, '0', 'd:displayname'),
      alice.dav('DELETE', CALENDAR, { headers: { 'x-nc-caldav-no-trashbin': '1' } }),
      propfind(CALENDAR, '0', 'd:resourcetype'),
    ],
  },
  {
    name: 'an address book and its contacts',
    apps: ['dav'],
    steps: [
      alice.dav('MKCOL', BOOK, {
        body: xml(
          'd:mkcol',
          '<d:set><d:prop><d:resourcetype><d:collection/><card:addressbook/></d:resourcetype><d:displayname>Friends</d:displayname></d:prop></d:set>',
        ),
      }),
      propfind(BOOK, '0', 'd:resourcetype', 'd:displayname', 'cs:getctag'),
      sync(BOOK, ''),
      alice.dav('PUT', CARD, { body: card('Ada Lovelace'), headers: { 'content-type': CARD_TYPE } }),
      alice.dav('PUT', CARD, { body: card('Twice'), headers: { 'content-type': CARD_TYPE, 'if-none-match': '*' } }),
      alice.dav('GET', CARD, { capture: { etag: 'header etag' } }),
      alice.dav('PUT', CARD, {
        body: card('Ada King', ['EMAIL:ada@example.org']),
        headers: { 'content-type': CARD_TYPE, 'if-match': '{etag}' },
      }),
      alice.dav('PUT', CARD, { body: card('Lost'), headers: { 'content-type': CARD_TYPE, 'if-match': '{etag}' } }),
      alice.dav('GET', CARD),
      alice.dav('PUT', `${BOOK}/broken.vcf`, { body: 'no card', headers: { 'content-type': CARD_TYPE } }),
      propfind(BOOK, '1', 'd:resourcetype', 'd:getcontenttype'),
      search('king'),
      search('nobody'),
      report(
        BOOK,
        'card:addressbook-multiget',
        `${properties('card:address-data')}<d:href>/remote.php/dav${CARD}</d:href><d:href>/remote.php/dav${BOOK}/nothing.vcf</d:href>`,
      ),
      sync(BOOK, '{sync}'),
      bob.dav('GET', CARD),
      alice.dav('DELETE', CARD, { headers: { 'if-match': '{etag}' } }),
      alice.dav('DELETE', CARD),
      sync(BOOK, '{sync}'),
      alice.dav('GET', CARD),
      alice.dav('DELETE', BOOK),
      propfind(BOOK, '0', 'd:resourcetype'),
    ],
  },
])
