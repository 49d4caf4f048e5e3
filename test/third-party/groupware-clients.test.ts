import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isInstalled, runCommand, useWatched } from './support/commands.ts'
import { ALICE, basicAuth, type OpenServer, THOROUGH, useServer } from './support/servers.ts'

/**
 * Clients of calendars, address books and plain WebDAV that others wrote (Debian: vdirsyncer, cadaver). They run where
 * they are installed; what they ask is tested without them in `handlers/dav`.
 */
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocs-mock-groupware-'))
  for (const name of ['calendars', 'contacts', 'status']) mkdirSync(join(folder, name))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lines = (...all: readonly string[]) => all.map((line) => `${line}\r\n`).join('')

const event = (uid: string, summary: string) =>
  lines(
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'BEGIN:VEVENT', `UID:${uid}`],
    ...['DTSTAMP:20300101T080000Z', 'DTSTART:20300102T090000Z', 'DURATION:PT1H', `SUMMARY:${summary}`],
    ...['END:VEVENT', 'END:VCALENDAR'],
  )

const card = (uid: string, name: string, ...more: readonly string[]) =>
  lines('BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${name};;;;`, ...more, 'END:VCARD')

/** What another client of Alice's does below `/remote.php/dav`. */
async function dav({ url }: Pick<OpenServer, 'url'>, method: string, path: string, body: string | null = null) {
  const answer = await fetch(`${url}/remote.php/dav${path}`, {
    method,
    body,
    headers: {
      Authorization: basicAuth(ALICE.id, ALICE.password),
      'X-NC-CalDAV-No-Trashbin': '1',
      ...(body === null ? {} : { 'Content-Type': path.endsWith('.vcf') ? 'text/vcard' : 'text/calendar' }),
    },
  })
  return { status: answer.status, text: await answer.text() }
}

const storage = (name: string, type: string, options: Readonly<Record<string, string>>) => [
  `[storage ${name}]`,
  `type = "${type}"`,
  ...Object.entries(options).map(([key, value]) => `${key} = "${value}"`),
]

const pair = (name: string, kind: string, fileext: string, url: string) => [
  ...[`[pair ${name}]`, `a = "${name}_here"`, `b = "${name}_there"`, 'collections = ["from a", "from b"]'],
  ...(kind === 'caldav' ? ['metadata = ["color", "displayname"]'] : []),
  ...storage(`${name}_here`, 'filesystem', { path: join(folder, name), fileext }),
  ...storage(`${name}_there`, kind, { url, username: ALICE.id, password: ALICE.password }),
]

describe.runIf(isInstalled('vdirsyncer')).each(THOROUGH)('vdirsyncer on $name', (choice) => {
  const server = useServer(choice)
  const watched = useWatched(server)
  const here = (...names: string[]) => join(folder, ...names)

  async function run(...args: string[]) {
    const url = `${watched.url}/remote.php/dav/`
    const pairs = [...pair('calendars', 'caldav', '.ics', url), ...pair('contacts', 'carddav', '.vcf', url)]
    writeFileSync(here('config'), ['[general]', `status_path = "${here('status')}"`, ...pairs].join('\n'))
    watched.forget()
    return runCommand('vdirsyncer', ['-c', here('config'), ...args], {
      home: folder,
      input: 'y\n'.repeat(20),
    })
  }

  /** Run it without a mistake; what it changed on the server. */
  async function vdirsyncer(...args: string[]): Promise<string[]> {
    const { code, text } = await run(...args)
    expect([code, text]).toEqual([0, expect.not.stringMatching(/error|critical/i)])
    return watched
      .asked()
      .filter((line) => !/ (GET|HEAD|OPTIONS|PROPFIND|REPORT) /.test(line))
      .sort()
  }

  it('finds calendars and address books, makes those that are only here, and brings both ways what there is', async () => {
    for (const name of ['calendars/hiking', 'contacts/friends']) mkdirSync(here(name))
    writeFileSync(here('calendars', 'hiking', 'lake.ics'), event('lake', 'To the lake'))
    writeFileSync(here('contacts', 'friends', 'ada.vcf'), card('ada', 'Ada', 'BDAY:18151210'))
    await dav(server, 'PUT', '/calendars/alice/personal/there.ics', event('there', 'From the web'))
    await vdirsyncer('discover')
    await vdirsyncer('sync')
    expect(readFileSync(here('calendars', 'personal', 'there.ics'), 'utf8')).toContain('SUMMARY:From the web')
    expect((await dav(server, 'GET', '/calendars/alice/hiking/lake.ics')).text).toContain('SUMMARY:To the lake')
    expect((await dav(server, 'GET', '/addressbooks/users/alice/friends/ada.vcf')).text).toContain('FN:Ada')
    // The server made a birthday of the contact, and nothing else has changed since.
    expect(await vdirsyncer('sync')).toEqual([])
    const birthdays = readdirSync(here('calendars', 'contact_birthdays')).filter((name) => name.endsWith('.ics'))
    expect(
      birthdays.map((name) => readFileSync(here('calendars', 'contact_birthdays', name), 'utf8')).join(),
    ).toContain('Ada')
  }, 60_000)

  it('carries changes and deletions both ways, and stops where both sides changed the same', async () => {
    mkdirSync(here('calendars/hiking'))
    for (const name of ['lake', 'hill', 'sea'])
      writeFileSync(here('calendars', 'hiking', `${name}.ics`), event(name, `To the ${name}`))
    await vdirsyncer('discover')
    await vdirsyncer('sync')

    writeFileSync(here('calendars', 'hiking', 'lake.ics'), event('lake', 'To the lake, later'))
    unlinkSync(here('calendars', 'hiking', 'hill.ics'))
    await dav(server, 'DELETE', '/calendars/alice/hiking/sea.ics')
    await dav(server, 'PUT', '/calendars/alice/hiking/wood.ics', event('wood', 'To the wood'))
    expect(await vdirsyncer('sync')).toEqual([
      '204 DELETE /remote.php/dav/calendars/alice/hiking/hill.ics',
      '204 PUT /remote.php/dav/calendars/alice/hiking/lake.ics',
    ])
    expect(readdirSync(here('calendars', 'hiking')).filter((name) => name.endsWith('.ics'))).toEqual([
      'lake.ics',
      'wood.ics',
    ])

    writeFileSync(here('calendars', 'hiking', 'lake.ics'), event('lake', 'Changed here'))
    await dav(server, 'PUT', '/calendars/alice/hiking/lake.ics', event('lake', 'Changed there'))
    const { code, text } = await run('sync', 'calendars/hiking')
    expect([code, text]).toEqual([1, expect.stringContaining('changed on both sides')])
    expect((await dav(server, 'GET', '/calendars/alice/hiking/lake.ics')).text).toContain('Changed there')
  }, 60_000)

  it('carries the names and colours of calendars', async () => {
    mkdirSync(here('calendars/hiking'))
    await vdirsyncer('discover')
    await vdirsyncer('metasync')
    writeFileSync(here('calendars', 'hiking', 'displayname'), 'Out and about')
    writeFileSync(here('calendars', 'hiking', 'color'), '#00AA55')
    expect(await vdirsyncer('metasync')).toContain('207 PROPPATCH /remote.php/dav/calendars/alice/hiking/')
    expect(readFileSync(here('calendars', 'personal', 'displayname'), 'utf8')).toBe('Personal')
    expect(await vdirsyncer('metasync')).toEqual([])
  }, 60_000)
})

describe.runIf(isInstalled('cadaver')).each(THOROUGH)('cadaver on $name', (choice) => {
  const server = useServer(choice)

  it('lists, brings, moves and deletes files', async () => {
    writeFileSync(join(folder, '.netrc'), `machine 127.0.0.1 login ${ALICE.id} password ${ALICE.password}\n`, {
      mode: 0o600,
    })
    writeFileSync(join(folder, 'notes.txt'), 'Some notes.\n')
    const commands = [
      ...['mkcol notes', 'cd notes', 'put notes.txt', 'copy notes.txt copy.txt', 'move copy.txt moved.txt', 'ls'],
      ...['get moved.txt fetched.txt', 'delete moved.txt', 'quit'],
    ]
    const { text } = await runCommand('cadaver', [`${server.url}/remote.php/dav/files/alice/`], {
      home: folder,
      input: `${commands.join('\n')}\n`,
    })
    expect(text).not.toMatch(/failed|could not|unexpected/i)
    expect(text).toMatch(/moved\.txt\s+12/)
    expect(readFileSync(join(folder, 'fetched.txt'), 'utf8')).toBe('Some notes.\n')
    expect((await dav(server, 'GET', '/files/alice/notes/notes.txt')).text).toBe('Some notes.\n')
    expect((await dav(server, 'GET', '/files/alice/notes/moved.txt')).status).toBe(404)
  }, 60_000)
})
