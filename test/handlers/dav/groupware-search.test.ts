/** Events, tasks and contacts in unified search, as a real 34.0.1 finds them where their apps are installed. */
import { defineApp } from '#index.ts'
import { ask } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const APPS = ['calendar', 'tasks', 'contacts'].map((id) => defineApp(id, {}))
const ALICE = { as: 'alice:alice' }
const BOB = { as: 'bob:bob' }
const seed = {
  clock: { now: '2026-11-29T12:00:00Z', frozen: true },
  users: [{ id: 'alice', displayName: 'Alice' }, { id: 'bob' }],
}

interface Found {
  readonly cursor: number | null
  readonly entries: readonly Readonly<Record<string, unknown>>[]
}

const calendarObject = (component: string, uid: string, ...lines: string[]) =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', `BEGIN:${component}`, `UID:${uid}`],
    ...['DTSTAMP:20261101T100000Z', ...lines, `END:${component}`, 'END:VCALENDAR', ''],
  ].join('\r\n')

const TODO =
  '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:displayname>To do</d:displayname><c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>'
const WITH_BOB =
  '<o:share xmlns:d="DAV:" xmlns:o="http://owncloud.org/ns"><o:set><d:href>principal:principals/users/bob</d:href></o:set></o:share>'

directly(
  'unified search',
  seed,
  (way) => {
    const dav = (method: string, path: string, body: string, type: string) =>
      ask(way, method, `/remote.php/dav/${path}`, { ...ALICE, body, headers: { 'Content-Type': type } })
    const event = (uid: string, ...lines: string[]) =>
      dav('PUT', `calendars/alice/personal/${uid}.ics`, calendarObject('VEVENT', uid, ...lines), 'text/calendar')
    const task = (uid: string, ...lines: string[]) =>
      dav('PUT', `calendars/alice/todo/${uid}.ics`, calendarObject('VTODO', uid, ...lines), 'text/calendar')
    const contact = (uid: string, ...lines: string[]) =>
      dav(
        'PUT',
        `addressbooks/users/alice/contacts/${uid}.vcf`,
        ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n'),
        'text/vcard',
      )
    const search = async (query: string, who = ALICE) =>
      (await way.ask('GET', `/search/providers/${query}`, who)).data as Found
    const titles = async (query: string, who = ALICE) => (await search(query, who)).entries.map(({ title }) => title)

    async function events() {
      await event('lunch', 'DTSTART:20261210T100000Z', 'DTEND:20261210T113000Z', 'SUMMARY:Lunch with Ada')
      await event(
        'trip',
        'DTSTART;VALUE=DATE:20261211',
        'DTEND;VALUE=DATE:20261214',
        'SUMMARY:Trip',
        'DESCRIPTION:lunch',
      )
      await event('day', 'DTSTART;VALUE=DATE:20261211', 'SUMMARY:Lunch day')
      await event('late', 'DTSTART;TZID=Europe/Berlin:20261212T230000', 'DURATION:PT3H', 'SUMMARY:Late lunch')
      await event(
        'alone',
        'DTSTART:20261213T100000Z',
        'LOCATION:lunch room',
        'ATTENDEE;CN=Alice A:mailto:a@example.com',
      )
      await event('weekly', 'DTSTART:20200101T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY', 'SUMMARY:Weekly lunch')
    }

    it('finds events with when and where they are', async () => {
      await events()
      const { entries, cursor } = await search('calendar/search?term=LUNCH&limit=20')
      expect(entries.map(({ title, subline }) => `${title}: ${subline}`)).toEqual([
        'Lunch with Ada: Dec 10, 2026 10:00\u202fAM - 11:30\u202fAM (Personal)',
        'Trip: Dec 11, 2026 - Dec 13, 2026 (Personal)',
        'Lunch day: Dec 11, 2026 (Personal)',
        'Late lunch: Dec 12, 2026 11:00\u202fPM - Dec 13, 2026 2:00\u202fAM (Personal)',
        'Untitled event: Dec 13, 2026 10:00\u202fAM - 10:00\u202fAM (Personal)',
        'Weekly lunch: Jan 1, 2020 10:00\u202fAM - 11:00\u202fAM (Personal)',
      ])
      expect(entries[0]).toMatchObject({
        resourceUrl: `${way.base()}/index.php/apps/calendar/edit/${btoa('/remote.php/dav/calendars/alice/personal/lunch.ics')}`,
        icon: 'icon-calendar-dark',
        attributes: { createdAt: '1796896800' },
      })
      expect(cursor).toBe(6)
    })

    it('pages events, and looks for people and in periods', async () => {
      await events()
      expect(await titles('calendar/search?term=lunch&limit=2&cursor=2')).toEqual(['Lunch day', 'Late lunch'])
      expect((await search('calendar/search?term=lunch&limit=2&cursor=2')).cursor).toBe(4)
      expect(await titles('calendar/search?person=alice')).toEqual(['Untitled event'])
      expect(await titles('calendar/search?term=lunch&since=2026-12-12T00:00:00Z')).toEqual([
        ...['Trip', 'Late lunch', 'Untitled event', 'Weekly lunch'],
      ])
      expect(await titles('calendar/search?term=lunch&until=2026-12-11T00:00:00Z')).toEqual([
        ...['Lunch with Ada', 'Weekly lunch'],
      ])
      expect(await search('calendar/search?since=2026-12-12')).toMatchObject({ entries: [], cursor: 0 })
      expect((await way.ask('GET', '/search/providers/calendar/search?term=lunch&cursor=x', ALICE)).code).toBe(996)
    })

    it('finds what is public in calendars that others share', async () => {
      await event('open', 'DTSTART:20261210T100000Z', 'SUMMARY:Open lunch')
      await event('hidden', 'DTSTART:20261210T100000Z', 'SUMMARY:Hidden lunch', 'CLASS:PRIVATE')
      await dav('POST', 'calendars/alice/personal', WITH_BOB, 'application/xml')
      const { entries } = await search('calendar/search?term=lunch', BOB)
      expect(entries).toEqual([
        expect.objectContaining({
          title: 'Open lunch',
          subline: 'Dec 10, 2026 10:00\u202fAM - 10:00\u202fAM (Personal (Alice))',
          resourceUrl: expect.stringContaining(btoa('/remote.php/dav/calendars/bob/personal_shared_by_alice/open.ics')),
        }),
      ])
    })

    it('finds tasks with when they are due', async () => {
      await dav('MKCALENDAR', 'calendars/alice/todo', TODO, 'application/xml')
      await task('water', 'SUMMARY:Water lunch', 'DUE:20261210T100000Z')
      await task('plant', 'SUMMARY:Plant lunch', 'DUE;VALUE=DATE:20261210')
      await task('done', 'SUMMARY:Done lunch', 'COMPLETED:20261101T120000Z', 'STATUS:COMPLETED')
      await task('bare', 'CATEGORIES:lunch')
      await task('there', 'SUMMARY:z', 'LOCATION:lunch')
      const { entries } = await search('tasks/search?term=lunch')
      expect(entries.map(({ title, subline }) => `${title}: ${subline}`)).toEqual([
        'Water lunch: Due on Dec 10, 2026 by 10:00\u202fAM (To do)',
        'Plant lunch: Due on Dec 10, 2026 (To do)',
        'Done lunch: Completed on Nov 1, 2026 (To do)',
        'Untitled task: (To do)',
      ])
      expect(entries[0]).toMatchObject({
        resourceUrl: `${way.base()}/index.php/apps/tasks/calendars/todo/tasks/water.ics`,
        icon: 'icon-checkmark',
      })
    })

    it('finds contacts with their first address', async () => {
      await contact(
        'ada',
        'FN:Ada Lovelace',
        'N:Lovelace;Ada;;;',
        'EMAIL:ada@example.com',
        'TEL:+4912345',
        'BDAY:18151210',
      )
      await contact(
        'bob',
        'FN:Bob Builder',
        'N:Builder;Bob;;;',
        'NOTE:knows ada',
        'PHOTO;ENCODING=b;TYPE=png:iVBORw0KGgo=',
      )
      await contact('corp', 'FN:Corp', 'N:;;;;', 'ORG:Ada Inc')
      const { entries, cursor } = await search('contacts/search?term=ada')
      expect([entries.map(({ title, subline }) => [title, subline]), cursor]).toEqual([
        [
          ['Ada Lovelace', 'ada@example.com'],
          ['Bob Builder', ''],
          ['Corp', ''],
        ],
        3,
      ])
      expect(entries[0]).toEqual({
        thumbnailUrl: '',
        title: 'Ada Lovelace',
        subline: 'ada@example.com',
        resourceUrl: `${way.base()}/index.php/apps/contacts/direct/contact/ada~contacts`,
        icon: 'icon-contacts-dark',
        rounded: true,
        attributes: { displayName: 'Ada Lovelace', email: 'ada@example.com', phoneNumber: '+4912345' },
      })
      expect(entries[1]?.thumbnailUrl).toBe(
        `${way.base()}/remote.php/dav/addressbooks/users/alice/contacts/bob.vcf?photo`,
      )
      expect(await titles('contacts/search?term=ada&title-only=true')).toEqual(['Ada Lovelace'])
      expect(await titles('contacts/search?term=ada&since=2026-01-01')).toEqual(['Ada Lovelace'])
      expect(await titles('contacts/search?term=Lovelace%20A')).toEqual([])
      expect(await titles('contacts/search?person=bob&term=ada')).toEqual([])
    })

    it('lists providers where they are shown, and in another order from some pages', async () => {
      const listed = async (from = '/', who = ALICE) =>
        ((await way.ask('GET', `/search/providers?from=${from}`, who)).data as { id: string; order: number }[])
          .map(({ id, order }) => `${id} ${order}`)
          .slice(0, 4)
      expect(await listed()).toEqual(['files 5', 'systemtags 6', 'circles 9', 'comments 10'])
      expect(await listed('/apps/files/')).toEqual(['files -5', 'systemtags -4', 'comments 0', 'circles 9'])
      expect((await listed('/apps/calendar/'))[0]).toBe('calendar -1')
      expect((await listed('/settings/apps/installed'))[0]).toBe('appstore -50')
      expect((await listed('/settings/user'))[0]).toBe('settings -1')
      await way.ocs.occ('app:disable calendar')
      expect((await listed('/apps/calendar/'))[0]).toBe('files 5')
      await events()
      expect(await search('calendar/search?term=lunch')).toMatchObject({ isPaginated: false, entries: [] })
    })

    it('gives upcoming events the address of the app that shows them', async () => {
      await event('soon', 'DTSTART:20261201T100000Z', 'SUMMARY:Soon')
      const upcoming = async () =>
        (
          (await way.ask('GET', '/apps/dav/api/v1/events/upcoming', ALICE)).data as { events: { uri: string }[] }
        ).events.filter(({ uri }) => uri === 'soon.ics')
      const address = btoa('/remote.php/dav/calendars/alice/personal/soon.ics')
      expect(await upcoming()).toMatchObject([
        { calendarAppUrl: `${way.base()}/index.php/apps/calendar/edit/${address}` },
      ])
      await way.ocs.occ('app:disable calendar')
      expect(await upcoming()).toMatchObject([{ calendarAppUrl: null }])
    })
  },
  { apps: APPS },
)
