import type { FuzzRandom } from '../fuzz/random.ts'
import { NAMESPACES } from './generate-dav.ts'
import type { Step } from './step.ts'

type Request = Pick<Step, 'method' | 'path'> & Partial<Step>
type Make = (random: FuzzRandom, as: string) => Request

const spaces = `${NAMESPACES} xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/" xmlns:a="http://apple.com/ns/ical/"`
const XML = '<?xml version="1.0"?>'
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`

const event = (uid: string, summary: string, more: readonly string[] = []) =>
  lines(
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//some//client//EN', 'BEGIN:VEVENT', `UID:${uid}`],
    ...['DTSTAMP:20300101T000000Z', 'DTSTART:20300105T100000Z', 'DTEND:20300105T110000Z', `SUMMARY:${summary}`],
    ...more,
    ...['END:VEVENT', 'END:VCALENDAR'],
  )
const todo = (uid: string) =>
  lines(
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//some//client//EN', 'BEGIN:VTODO', `UID:${uid}`],
    ...['DTSTAMP:20300101T000000Z', 'SUMMARY:To do', 'END:VTODO', 'END:VCALENDAR'],
  )
const card = (uid: string, name: string) =>
  lines('BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${name};;;;`, 'END:VCARD')

const OBJECTS = ['a.ics', 'b.ics', 'missing.ics']
const CARDS = ['a.vcf', 'b.vcf', 'missing.vcf']
const EVENTS = [
  event('a', 'Some event'),
  event('a', 'Another', ['LOCATION:Berlin', 'DESCRIPTION:ä & <b>']),
  event('b', 'Every week', ['RRULE:FREQ=WEEKLY;COUNT=4']),
  todo('t'),
  'no calendar at all',
  '',
]
const CARDS_SENT = [card('a', 'Some Body'), card('b', 'Ben Other'), 'no card', '']

const home = (random: FuzzRandom, as: string) =>
  `/remote.php/dav/calendars/{${as}}/${random.pick(['personal', 'personal', 'own', 'missing'])}`
const book = (random: FuzzRandom, as: string) =>
  `/remote.php/dav/addressbooks/users/{${as}}/${random.pick(['contacts', 'contacts', 'own'])}`

const props = (names: string) => `${XML}<d:propfind ${spaces}><d:prop>${names}</d:prop></d:propfind>`
const CALENDAR = props(
  '<d:resourcetype/><d:displayname/><c:supported-calendar-component-set/><a:calendar-color/><a:calendar-order/><oc:calendar-enabled/><d:owner/><d:current-user-privilege-set/><c:calendar-description/><c:schedule-calendar-transp/>',
)
const OBJECT = props('<d:getcontenttype/><d:resourcetype/><d:owner/><c:calendar-data/><card:address-data/>')

const range = '<c:time-range start="20300101T000000Z" end="20300201T000000Z"/>'
const query = (filter: string) =>
  `${XML}<c:calendar-query ${spaces}><d:prop><d:getcontenttype/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR">${filter}</c:comp-filter></c:filter></c:calendar-query>`
const QUERIES = [
  query(''),
  query(`<c:comp-filter name="VEVENT">${range}</c:comp-filter>`),
  query('<c:comp-filter name="VTODO"/>'),
  query(
    '<c:comp-filter name="VEVENT"><c:prop-filter name="SUMMARY"><c:text-match>event</c:text-match></c:prop-filter></c:comp-filter>',
  ),
  `${XML}<d:sync-collection ${spaces}><d:sync-token/><d:sync-level>1</d:sync-level><d:prop><d:getcontenttype/></d:prop></d:sync-collection>`,
]
const change = (set: string) =>
  `${XML}<d:propertyupdate ${spaces}><d:set><d:prop>${set}</d:prop></d:set></d:propertyupdate>`

const preconditions = (random: FuzzRandom): Record<string, string> =>
  random.chance(0.2) ? random.pick([{ 'If-None-Match': '*' }, { 'If-Match': '"x"' }, { 'If-Match': '*' }]) : {}

const MAKES: readonly Make[] = [
  (random, as) => ({
    method: 'PUT',
    path: `${home(random, as)}/${random.pick(OBJECTS)}`,
    headers: { 'Content-Type': 'text/calendar; charset=utf-8', ...preconditions(random) },
    body: random.pick(EVENTS),
  }),
  (random, as) => ({
    method: 'PUT',
    path: `${book(random, as)}/${random.pick(CARDS)}`,
    headers: { 'Content-Type': 'text/vcard; charset=utf-8', ...preconditions(random) },
    body: random.pick(CARDS_SENT),
  }),
  (random, as) => ({
    method: random.pick(['GET', 'DELETE', 'HEAD']),
    path: random.chance(0.5)
      ? `${home(random, as)}/${random.pick(OBJECTS)}`
      : `${book(random, as)}/${random.pick(CARDS)}`,
  }),
  (random, as) => ({
    method: 'PROPFIND',
    path: random.pick([home(random, as), `/remote.php/dav/calendars/{${as}}/`]),
    headers: { Depth: random.pick(['0', '1']) },
    body: CALENDAR,
  }),
  (random, as) => ({
    method: 'PROPFIND',
    path: random.chance(0.5) ? home(random, as) : book(random, as),
    headers: { Depth: '1' },
    body: OBJECT,
  }),
  (random, as) => ({
    method: 'REPORT',
    path: home(random, as),
    headers: { Depth: '1', 'Content-Type': 'application/xml' },
    body: random.pick(QUERIES),
  }),
  (random, as) => ({
    method: 'REPORT',
    path: book(random, as),
    headers: { Depth: '1', 'Content-Type': 'application/xml' },
    body: `${XML}<card:addressbook-query ${spaces}><d:prop><card:address-data/></d:prop><card:filter><card:prop-filter name="FN"><card:text-match>${random.pick(['Body', 'Ben'])}</card:text-match></card:prop-filter></card:filter></card:addressbook-query>`,
  }),
  (_, as) => ({
    method: 'MKCALENDAR',
    path: `/remote.php/dav/calendars/{${as}}/own`,
    body: `${XML}<c:mkcalendar ${spaces}><d:set><d:prop><d:displayname>Own</d:displayname></d:prop></d:set></c:mkcalendar>`,
  }),
  (_, as) => ({
    method: 'MKCOL',
    path: `/remote.php/dav/addressbooks/users/{${as}}/own`,
    headers: { 'Content-Type': 'application/xml' },
    body: `${XML}<d:mkcol ${spaces}><d:set><d:prop><d:resourcetype><d:collection/><card:addressbook/></d:resourcetype><d:displayname>Own</d:displayname></d:prop></d:set></d:mkcol>`,
  }),
  (random, as) => ({
    method: 'PROPPATCH',
    path: home(random, as),
    body: change(
      random.pick([
        '<d:displayname>Other name</d:displayname>',
        '<a:calendar-color>#ff0000</a:calendar-color>',
        '<oc:calendar-enabled>0</oc:calendar-enabled>',
        '<d:getctag>x</d:getctag>',
      ]),
    ),
  }),
  (random, as) => ({ method: 'DELETE', path: home(random, as) }),
  (random, as) => ({
    method: 'MOVE',
    path: `${home(random, as)}/${random.pick(OBJECTS)}`,
    headers: { Destination: `{base}${home(random, as)}/${random.pick(OBJECTS)}` },
  }),
]

/** One request about calendars and contacts. */
export function groupwareStep(random: FuzzRandom, _before: readonly Step[]): Step {
  const as = random.pick(['ann', 'ann', 'ann', 'ben'] as const)
  const of = random.chance(0.95) ? as : random.pick(['ann', 'ben'])
  const made = random.pick(MAKES)(random, of)
  return { what: `${made.method} ${made.path.split('/')[3]}`, app: 'groupware', as, headers: {}, body: null, ...made }
}
