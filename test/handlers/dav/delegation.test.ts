import { ask, type DavAsk, errorOf, hrefsOf, textOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const seed = {
  clock: { now: '2026-11-29T12:00:00Z', frozen: true },
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: id, email: `${id}@example.com` })),
  groups: [{ id: 'staff', members: ['bob'] }],
}
const NAMESPACES = 'xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"'
const propfind = (...names: string[]) =>
  `<d:propfind ${NAMESPACES}><d:prop>${names.map((name) => `<${name}/>`).join('')}</d:prop></d:propfind>`
const members = (...addresses: string[]) =>
  `<d:propertyupdate ${NAMESPACES}><d:set><d:prop><d:group-member-set>${addresses
    .map((address) => `<d:href>${address}</d:href>`)
    .join('')}</d:group-member-set></d:prop></d:set></d:propertyupdate>`
const PRINCIPALS = '/remote.php/dav/principals/users'
const HOME = '/remote.php/dav/calendars/alice'
const EVENT = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'BEGIN:VEVENT', 'UID:a']
  .concat(['DTSTAMP:20261101T100000Z', 'DTSTART:20261210T100000Z', 'END:VEVENT', 'END:VCALENDAR', ''])
  .join('\r\n')

directly('those who act for others in their calendars', seed, (way) => {
  const as =
    (who: string) =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, path, { as: `${who}:${who}`, ...asked })
  const [alice, bob] = [as('alice'), as('bob')]
  const write = `${PRINCIPALS}/alice/calendar-proxy-write`
  const read = `${PRINCIPALS}/alice/calendar-proxy-read`
  const asked = (...names: string[]) => ({ body: propfind(...names), headers: { Depth: '0' } })

  it('are named by the account alone, which alone sees them', async () => {
    const below = await alice('PROPFIND', `${PRINCIPALS}/alice`, { headers: { Depth: '1' } })
    expect(hrefsOf(below)).toEqual([`${PRINCIPALS}/alice/`, `${read}/`, `${write}/`])
    const strange = [
      await bob('PROPFIND', write, asked('d:displayname')),
      await bob('PROPFIND', `${PRINCIPALS}/alice`, { headers: { Depth: '1' } }),
      await bob('PROPPATCH', write, { body: members(`${PRINCIPALS}/bob/`) }),
    ]
    expect(strange.map((answer) => [answer.status, errorOf(answer).message])).toEqual([
      [404, "Node with name 'calendar-proxy-write' could not be found"],
      [404, "Node with name 'calendar-proxy-read' could not be found"],
      [404, "Node with name 'calendar-proxy-write' could not be found"],
    ])
    const other = await alice('PROPFIND', `${PRINCIPALS}/alice/calendar-proxy-other`, asked('d:displayname'))
    expect(errorOf(other).message).toBe('Node with name calendar-proxy-other was not found')
  })

  it('read, or also write, and hear of it from their own principal', async () => {
    await alice('PROPFIND', HOME)
    expect((await bob('PROPFIND', HOME)).status).toBe(404)
    const set = await alice('PROPPATCH', write, { body: members(`${PRINCIPALS}/bob/`) })
    expect([set.status, set.text.includes('HTTP/1.1 200 OK')]).toEqual([207, true])
    const own = await bob('PROPFIND', `${PRINCIPALS}/bob`, asked('d:group-membership', 'cs:calendar-proxy-write-for'))
    expect(own.text).toContain(`${write}/</d:href></d:group-membership>`)
    expect(own.text).toContain(`<cs:calendar-proxy-write-for><d:href>${PRINCIPALS}/alice/</d:href>`)
    expect((await bob('PUT', `${HOME}/personal/a.ics`, { body: EVENT })).status).toBe(201)
    expect((await bob('MKCALENDAR', `${HOME}/more`)).status).toBe(201)

    await alice('PROPPATCH', read, { body: members(`${PRINCIPALS}/carol/`, `${PRINCIPALS}/bob/`) })
    const kept = await alice('PROPFIND', read, asked('d:group-member-set'))
    expect(hrefsOf(kept)).toEqual([`${read}/`, `${PRINCIPALS}/carol/`])
    const carol = as('carol')
    expect((await carol('GET', `${HOME}/personal/a.ics`)).status).toBe(200)
    expect((await carol('DELETE', `${HOME}/personal/a.ics`)).status).toBe(404)

    const none = await alice('PROPPATCH', write, { body: members() })
    expect(none.text).toContain('HTTP/1.1 204 No Content')
    expect((await bob('GET', `${HOME}/personal/a.ics`)).status).toBe(404)
  })

  it('are accounts that there are, and no groups', async () => {
    const refused = async (address: string) => {
      const answer = await alice('PROPPATCH', write, { body: members(address) })
      return [answer.status, errorOf(answer).message]
    }
    expect(await refused('/remote.php/dav/principals/groups/staff/')).toEqual([
      ...[500, 'Invalid member group prefix: principals/groups'],
    ])
    expect(await refused(`${PRINCIPALS}/nobody/`)).toEqual([500, 'Principal not found'])
    expect(await refused('mailto:bob@example.com')).toEqual([
      ...[403, 'Requested uri (mailto:/bob%40example.com) is out of base uri (/remote.php/dav/)'],
    ])
    const user = await alice('PROPPATCH', `${PRINCIPALS}/alice`, { body: members(`${PRINCIPALS}/bob/`) })
    expect([user.status, errorOf(user).message]).toEqual([500, 'Setting members of the group is not supported yet'])
    const gone = [await alice('DELETE', write), await alice('PUT', `${PRINCIPALS}/alice/x`, { body: 'x' })]
    expect(gone.map((answer) => [answer.status, errorOf(answer).message])).toEqual([
      [403, 'Permission denied to delete node'],
      [403, 'Permission denied to create file (filename x)'],
    ])
  })

  it('are kept in what is dumped', async () => {
    await alice('PROPPATCH', write, { body: members(`${PRINCIPALS}/bob/`) })
    const [delegate] = Object.values(way.ocs.world.dump().tables.calendarDelegates ?? {})
    expect(delegate).toMatchObject({ owner: 'alice', userId: 'bob', access: 'read-write' })
  })
})

directly('principals of groups', seed, (way) => {
  const bob = (path: string, name: string) =>
    ask(way, 'PROPFIND', path, { as: 'bob:bob', body: propfind(name), headers: { Depth: '0' } })
  const group = '/remote.php/dav/principals/groups/staff'

  it('say that they are groups, and fail where they are to say who belongs to them', async () => {
    expect(textOf(await bob(group, 'cal:calendar-user-type'), 'cal:calendar-user-type')).toBe('GROUP')
    expect((await bob(group, 'd:group-member-set')).status).toBe(500)
    expect((await bob(group, 'd:group-membership')).text).toContain('200 OK')
  })

  it('are searched by what accounts are called in calendars, too', async () => {
    const search = `<d:principal-property-search ${NAMESPACES}><d:property-search><d:prop><cal:calendar-user-address-set/></d:prop><d:match>alice@example.com</d:match></d:property-search><d:prop><d:displayname/></d:prop></d:principal-property-search>`
    const found = await ask(way, 'REPORT', PRINCIPALS, { as: 'bob:bob', body: search, headers: { Depth: '0' } })
    expect(hrefsOf(found)).toEqual([`${PRINCIPALS}/alice/`])
    const set = await ask(way, 'REPORT', HOME.replace('alice', 'bob'), {
      as: 'bob:bob',
      body: `<d:principal-search-property-set ${NAMESPACES}/>`,
    })
    expect(set.text).toContain('Calendar address')
  })
})
