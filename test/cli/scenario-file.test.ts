import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { readScenarioFile } from '#cli/scenario-file.ts'
import { createOcsMock, UserError } from '#index.ts'
import { app } from '../../examples/own-app/bookmarks_lite/app.ts'
import { recordedIo } from '../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-'))

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

async function refused(text: string, name = 'mine.yaml'): Promise<string> {
  const error: unknown = await readScenarioFile(file(name, text)).catch((e: unknown) => e)
  if (!(error instanceof UserError)) throw new Error(`It was read: ${String(error)}`)
  return error.message.replaceAll(`${folder}/`, '')
}

describe('a file that is larger than it looks', () => {
  const aliases = Array.from(
    { length: 9 },
    (_, i) => `a${i + 1}: &a${i + 1} [${'*a'.concat(String(i), ',').repeat(9)}]`,
  )

  it.each([
    ['aliases of aliases', `a0: &a0 [x]\n${aliases.join('\n')}\n`, /Excessive alias count/],
    ['lists in lists', '['.repeat(20_000), /nested too deep/],
    ['maps in maps', '{a: '.repeat(20_000), /nested too deep/],
  ])('is refused with a sentence: %s', async (_, text, message) => {
    expect(await refused(text)).toMatch(message)
  })
})

const step = (text: string) => `steps:\n  - ${text}\n`

describe('a scenario file', () => {
  it('has the name of the file, and brings along what it names of others', async () => {
    file('contacts.json', '{"contact": "us"}')
    file('proxy.html', '<h1>Proxy</h1>')
    const { scenario } = await readScenarioFile(
      file(
        'mine.yaml',
        `steps:
  - replace: { operation: core-ocs-get-config, file: contacts.json, times: 1 }
  - fault: [{ on: { path: /status.php }, answer: { status: 502, file: proxy.html } }]
`,
      ),
    )
    expect(scenario.name).toBe('mine')
    const ocs = createOcsMock({ scenario })
    const answer = await ocs.fetch('http://x/ocs/v2.php/config?format=json', { headers: { 'OCS-APIRequest': 'true' } })
    expect((await answer.json()).ocs.data).toEqual({ contact: 'us' })
    const page = await ocs.fetch('http://x/status.php')
    expect([page.status, await page.text()]).toEqual([502, '<h1>Proxy</h1>'])
  })

  it("has the actions, seed members and the name of apps of one's own", async () => {
    const text = `seed: { bookmarks: [{ user: admin, url: 'https://example.com' }] }
steps:
  - addBookmark: { user: admin, url: 'https://example.com/2' }
  - enableApp: bookmarks_lite
`
    const { scenario } = await readScenarioFile(file('own.yaml', text), [app])
    const ocs = createOcsMock({ apps: [app], scenario })
    await ocs.scenario.finish()
    expect(Object.keys(ocs.world.dump().tables.bookmarks_lite!)).toEqual(['1', '2'])
    expect(await refused(text, 'own.yaml')).toContain('"bookmarks" is unknown.')
  })

  it('may be JSON', async () => {
    const { scenario } = await readScenarioFile(file('mine.json', '{"steps": [{"disableApp": "text"}]}'))
    expect(scenario).toEqual({ name: 'mine', steps: [{ disableApp: 'text' }] })
  })

  it.each<[mistake: string, text: string, message: string]>([
    [
      'its grammar',
      'steps:\n  - disableApp: [text\n',
      'mine.yaml:3:1: Flow sequence in block collection must be sufficiently indented and end with a ].',
    ],
    [
      'a misspelt member',
      step('disableAp: text'),
      'mine.yaml:2:5: steps[0].disableAp: "disableAp" is unknown. Did you mean "disableApp"?',
    ],
    ['a wrong type', 'steps: disableApp\n', 'mine.yaml:1:1: steps: expected array, found string "disableApp".'],
    [
      'a missing member',
      step('fault: { fail: { message: no } }'),
      'mine.yaml:2:14: steps[0].fault.fail.status: "status" is missing.',
    ],
    [
      'a duration',
      step('{ after: 24 hours, disableApp: text }'),
      'mine.yaml:2:7: steps[0].after: expected a duration such as "500ms", "90s", "24h" or "7d", found string "24 hours".',
    ],
    [
      'an app',
      step('disableApp: user_staus'),
      'mine.yaml:2:5: steps[0].disableApp: Nextcloud 34.0.1 has no app "user_staus". Did you mean "user_status"?',
    ],
    [
      'a profile',
      `profile: nextcloud-35\n${step('disableApp: text')}`,
      'mine.yaml:1:1: profile: there is no profile "nextcloud-35". Did you mean "nextcloud-34"?',
    ],
    [
      'an operation',
      step('replace: { operation: core-ocs-get-capabilites }'),
      'mine.yaml:2:16: steps[0].replace.operation: there is no operation "core-ocs-get-capabilites". Did you mean "core-ocs-get-capabilities"?',
    ],
    [
      'two triggers',
      step('{ after: 1h, on: { method: GET }, disableApp: text }'),
      'mine.yaml:2:18: steps[0].on: a step waits for one thing, and this one waits for after and on. Write two steps.',
    ],
    ['no action', step('name: nothing'), 'mine.yaml:2:5: steps[0]: it does nothing. Add one of occ, generate, '],
    [
      'a regular expression',
      step('{ on: { pathPattern: "(" }, disableApp: text }'),
      'mine.yaml:2:13: steps[0].on.pathPattern: expected a regular expression, found string "(".',
    ],
    [
      'a method',
      step('{ on: { method: put }, disableApp: text }'),
      'mine.yaml:2:13: steps[0].on.method: "put" is no method. Write it in capitals, such as "GET".',
    ],
    [
      'two effects',
      step('fault: { drop: request, maintenance: true }'),
      'mine.yaml:2:5: steps[0].fault: drop and maintenance exclude each other. Write two faults.',
    ],
    [
      'a fault that is not there',
      'steps:\n  - fault: { name: slow, latency: 1s }\n  - endFault: slwo\n',
      'mine.yaml:3:5: steps[1].endFault: no step has a fault or a replacement of the name "slwo". Did you mean "slow"?',
    ],
    [
      'a name twice',
      'steps:\n  - { name: a, disableApp: text }\n  - { name: a, enableApp: text }\n',
      'mine.yaml:3:7: steps[1].name: "a" is the name of steps[0] already.',
    ],
    [
      'another file',
      step('replace: { operation: core-ocs-get-config, file: none.json }'),
      'mine.yaml:2:48: steps[0].replace.file: Failed to read the file none.json: there is no such file.',
    ],
    ['nothing in it', '# to do\n', 'mine.yaml:1:1: steps: "steps" is missing.'],
    [
      'a seed',
      `seed:\n  users:\n    - id: alice\n      quota: 5\n${step('disableApp: text')}`,
      'mine.yaml:4:7: seed.users[0].quota: expected string, found integer 5.',
    ],
  ])('says where a mistake is, what was found and what would be right: %s', async (_mistake, text, message) => {
    const found = await refused(text)
    expect(found).toContain(`Failed to read the scenario ${message}`)
    expect(found).not.toContain('\n')
  })

  it('lists all mistakes at once', async () => {
    const text = 'steps:\n  - disableApp: txet\n    afer: 1h\n  - { fault: { latency: soon } }\n'
    expect(await refused(text)).toBe(`Failed to read the scenario mine.yaml: 2 mistakes.
  mine.yaml:3:5: steps[0].afer: "afer" is unknown. Did you mean "after"?
  mine.yaml:4:16: steps[1].fault.latency: expected a duration such as "500ms", "90s", "24h" or "7d", found string "soon".`)
  })
})

describe('ocs-mock serve --scenario', () => {
  /** Serve until the address is there, do something, and end. */
  async function served(scenario: string, act: (url: string) => Promise<void>) {
    const io = recordedIo()
    const code = main(['serve', '--port', '0', '--quiet', '--scenario', scenario], io)
    await Promise.race([code, expect.poll(() => io.text.out, { timeout: 20_000 }).toMatch(/http:/)])
    const url = io.text.out.trim()
    if (url !== '') await act(url)
    io.end()
    return { code: await code, err: io.text.err.replaceAll(`${folder}/`, '') }
  }
  const post = async (url: string, body: unknown = {}) =>
    (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()

  it('plays a shipped scenario', async () => {
    const { code } = await served('fresh-installation', async (url) => {
      await post(`${url}/__admin/scenarios/fresh-installation/advance`)
      const { tables } = await (await fetch(`${url}/__admin/state`)).json()
      expect(Object.keys(tables.groups)).toContain('staff')
    })
    expect(code).toBe(0)
  })

  it('plays a file, which others can start again', async () => {
    const own = file(
      'own.yaml',
      'description: Mine.\nprofile: owncloud-8.1\nsteps:\n  - { name: on, when: advanced, occ: "maintenance:mode --on" }\n',
    )
    await served(own, async (url) => {
      expect(await post(`${url}/__admin/scenarios/own/start`, { reset: true })).toMatchObject({ status: 'running' })
      expect(await post(`${url}/__admin/scenarios/own/advance`, { step: 'on' })).toMatchObject({ status: 'done' })
      expect(await (await fetch(`${url}/status.php`)).json()).toMatchObject({ maintenance: true })
    })
  })

  it('does not start with a mistake, and says where it is', async () => {
    const unknown = await served('fresh-instalation', async () => {})
    expect(unknown).toEqual({
      code: 2,
      err: 'ocs-mock: There is no scenario "fresh-instalation". Did you mean "fresh-installation"?\n',
    })
    const early = await served(file('early.yaml', step('disableAccount: alise')), async () => {})
    expect(early.code).toBe(2)
    expect(early.err).toContain(
      'Failed to play the scenario early.yaml:2:5: steps[0].disableAccount: there is no account',
    )
    const late = await served(file('late.yaml', step('occ: no:such')), async () => {})
    expect(late.code).toBe(2)
    expect(late.err).toContain('Failed to play the scenario late.yaml:2:5: steps[0].occ: it ended with 1 instead of 0')
    const missing = await served('./none.yaml', async () => {})
    expect(missing.err).toBe('ocs-mock: Failed to read the scenario ./none.yaml: there is no such file.\n')
  })
})
