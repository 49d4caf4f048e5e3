import { describe, expect, it } from 'vitest'
import { OcsMock } from '#index.ts'

const event = (uid: string, summary: string, zone = '') =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20310101T000000Z\r\nDTSTART${zone}:20310102T100000\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\n`
const calendar = (...components: readonly string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ours//tests//EN\r\n${components.join('')}END:VCALENDAR\r\n`
const ZONE = 'BEGIN:VTIMEZONE\r\nTZID:Mars/Olympus\r\nEND:VTIMEZONE\r\n'

async function withCalendar() {
  const mock = new OcsMock({ seed: { users: [{ id: 'alice' }] } })
  expect((await mock.occ('dav:create-calendar alice duty')).exitCode).toBe(0)
  const bring = (stdin: string, more = '') => mock.occ(`calendar:import alice duty ${more}`, { stdin })
  const file = async (more = '') => (await mock.occ(`calendar:export alice duty ${more}`)).stdout
  return { mock, bring, file }
}

it('a calendar of a name that is taken is refused by the database, in the words of each of its layers', async () => {
  const { mock } = await withCalendar()
  const { stderr, exitCode } = await mock.occ('dav:create-calendar alice duty')
  expect(exitCode).toBe(19)
  const places = [...stderr.matchAll(/^In (\S+) line \d+:$/gm)].map(([, file]) => file)
  expect(places).toEqual(['DbalException.php', 'ExceptionConverter.php', 'Exception.php', 'Statement.php'])
  expect(stderr.match(/An exception occurred while executing a query/g)).toHaveLength(2)
})

describe('calendar:import', () => {
  it('makes an object of each UID, and keeps what is there unless it is superseded', async () => {
    const { bring, file } = await withCalendar()
    const { stdout } = await bring(calendar(event('one', 'Tea'), event('two', 'Bread')), '--show-created')
    expect(stdout).toContain('\ncreated: one\ncreated: two\n')
    expect((await bring(calendar(event('one', 'Coffee')))).stdout).toContain('Total Skipped: 1')
    expect(await file()).toContain('SUMMARY:Tea')
    expect((await bring(calendar(event('one', 'Coffee')), '--supersede')).stdout).toContain('Total Updated: 1')
    expect(await file()).toContain('SUMMARY:Coffee')
  })

  it('is read by clients of CalDAV', async () => {
    const { mock, bring } = await withCalendar()
    await bring(calendar(event('one', 'Tea')))
    const headers = { Authorization: `Basic ${btoa('alice:alice')}`, Depth: '1' }
    const url = 'http://localhost/remote.php/dav/calendars/alice/duty/'
    const answer = await mock.fetch(new Request(url, { method: 'PROPFIND', headers }))
    expect((await answer.text()).match(/<d:response>/g)).toHaveLength(2)
  })

  it('skips what is no valid object, or fails there', async () => {
    const { bring } = await withCalendar()
    const twice = calendar(
      'BEGIN:VEVENT\r\nUID:one\r\nSUMMARY:a\r\nSUMMARY:b\r\nDTSTART:20310102T100000\r\nEND:VEVENT\r\n',
    )
    expect((await bring(twice, '--validation=1')).stdout).toContain('Total Errors: 1')
    const { exitCode, stderr } = await bring(twice, '--validation=2')
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('UID <one>')])
  })

  it('takes what is no calendar as empty, and ends as the real program does where there is no UID', async () => {
    const { bring } = await withCalendar()
    expect((await bring('nonsense')).stdout).toContain('Total Created: 0')
    const { stdout, exitCode } = await bring(calendar('BEGIN:VEVENT\r\nSUMMARY:a\r\nEND:VEVENT\r\n'))
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('TypeError: ')])
  })
})

describe('calendar:export', () => {
  it('writes time zones once, behind the objects', async () => {
    const { bring, file } = await withCalendar()
    await bring(calendar(ZONE, event('one', 'Tea', ';TZID=Mars/Olympus'), event('two', 'Rest', ';TZID=Mars/Olympus')))
    const text = await file()
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1)
    expect(text.indexOf('BEGIN:VTIMEZONE')).toBeGreaterThan(text.lastIndexOf('END:VEVENT'))
  })

  it.each([
    ['ical', 'BEGIN:VEVENT'],
    ['jcal', '["vevent",'],
  ])('can be imported again as %s', async (format, begin) => {
    const { bring, file } = await withCalendar()
    await bring(calendar(event('one', 'Tea')))
    const written = await file(`--format=${format}`)
    expect(written).toContain(begin)
    const other = await withCalendar()
    expect((await other.bring(written, `--format=${format}`)).stdout).toContain('Total Created: 1')
    expect(await other.file(`--format=${format}`)).toBe(written)
  })

  it.each([
    ['alice nosuch', 'Calendar <nosuch> not found.'],
    ['nobody duty', 'User <nobody> not found.'],
    ['alice duty --format=x', 'Format <x> is not valid.'],
  ])('of %s fails', async (rest, sentence) => {
    const { mock } = await withCalendar()
    const { exitCode, stderr } = await mock.occ(`calendar:export ${rest}`)
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(sentence)])
  })
})
