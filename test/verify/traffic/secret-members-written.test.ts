import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { encodeJson, encodeXml } from '#line/encode.ts'
import { recordedIo } from '../../support/command-io.ts'
import { formOf, membersOf, secretsFor, tellingEndpoints } from '../../support/telling-members.ts'

const NAME = 'Henrietta van der Distinctive'
const META = { status: 'ok', statuscode: 200, message: 'OK' }
const { secrets, data } = secretsFor([...new Set(tellingEndpoints.flatMap(membersOf)), 'backendOptions'])
const told = {
  ...data,
  displayname: NAME,
  subject: `${NAME} shared a file`,
  url: `http://x.example.com/?sig=${secrets[0]}`,
}

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-members-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Says who it is as a Nextcloud does, and answers everything else with everything that is secret. */
const model = createOcsMock({ onNotBuilt: () => {} })
let server: RunningServer
beforeAll(async () => {
  server = await startServer({
    handle: async (call) => {
      if (/status\.php$|capabilities$|\/config\/apps$|\/cloud\/apps$/.test(call.path)) {
        const headers = ['authorization', 'accept', 'ocs-apirequest'].map((name): [string, string] => [
          name,
          call.header(name),
        ])
        const answer = await model.fetch(`${call.origin}${call.path}?${call.query}`, { headers })
        return { status: answer.status, headers: [...answer.headers], body: await answer.text() }
      }
      const isJson = /json/.test(`${call.header('accept')} ${call.query}`)
      const type = isJson ? 'application/json; charset=utf-8' : 'application/xml; charset=utf-8'
      return {
        status: 200,
        headers: [['Content-Type', type]],
        body: isJson ? encodeJson(META, told) : encodeXml(META, told),
      }
    },
  })
})
afterAll(() => server.close())

/** What a client asks: each operation with all secrets in a form, in JSON and in the address. */
const requests = tellingEndpoints.flatMap(({ path }) => {
  const target = `/ocs/v2.php${path.replace(/\{[^}]*\}/g, '1')}`
  const headers = { 'OCS-APIRequest': 'true', Accept: 'application/json' }
  const form = formOf(data).toString()
  return [
    { target, headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' }, body: form },
    { target, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(data) },
    { target: `${target}?${form}`, headers, body: '' },
  ]
})

async function send(base: string): Promise<void> {
  for (const { target, headers, body } of requests)
    await (await fetch(base + target, { method: 'POST', headers, body })).text()
}

/** What is found of what may not be kept, in all files and in what was printed. */
function leaks(at: string, printed: string): string[] {
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(2)
  const texts = [printed, ...files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))]
  const whole = texts.join('\n')
  expect(whole).toContain('shared a file')
  const wanted = [...secrets, NAME, 'Distinctive', encodeURIComponent(NAME), NAME.replaceAll(' ', '+')]
  return wanted.filter((secret) => whole.includes(secret))
}

const reportsTo = (to: string) =>
  ['html', 'json', 'xml', 'sarif', 'md'].flatMap((kind) => ['--report', join(to, `report.${kind}`)])

describe('a secret in any member of any definition is not kept', () => {
  it('of what the recorder asks itself', { timeout: 60_000 }, async () => {
    const io = recordedIo()
    const to = join(folder, 'asked')
    await main(['record', server.url, '--user', 'admin:admin', '--to', to, '--update'], io)
    expect(leaks(to, io.text.out + io.text.err)).toEqual([])
  })

  it('of what passes a proxy', { timeout: 60_000 }, async () => {
    const io = recordedIo()
    const to = join(folder, 'proxied')
    const ended = main(['record', '--proxy', server.url, '--to', to, '--update', ...reportsTo(to)], io)
    const proxy = await new Promise<string>((resolve) => {
      const look = () => {
        const url = /^(http\S+) stands in front/m.exec(io.text.out)?.[1]
        if (url) resolve(url)
        else setImmediate(look)
      }
      look()
    })
    await send(proxy)
    io.end()
    await ended
    expect(leaks(to, io.text.out + io.text.err)).toEqual([])
  })

  it('of what a browser saved', { timeout: 60_000 }, async () => {
    const entries = requests.map(({ target, headers, body }) => ({
      startedDateTime: '2026-11-21T12:00:00.000Z',
      time: 1,
      request: {
        method: 'POST',
        url: server.url + target,
        httpVersion: 'http/2.0',
        headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
        queryString: [],
        cookies: [],
        postData: { mimeType: headers['Content-Type' as keyof typeof headers] ?? '', text: body },
      },
      response: {
        status: 200,
        headers: [{ name: 'content-type', value: 'application/json; charset=utf-8' }],
        content: { size: 1, mimeType: 'application/json', text: encodeJson(META, told) },
      },
    }))
    const file = join(folder, 'saved.har')
    writeFileSync(file, JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } }))
    const io = recordedIo()
    const to = join(folder, 'saved')
    await main(['record', '--har', file, '--to', to, '--update', ...reportsTo(to)], io)
    expect(leaks(to, io.text.out + io.text.err)).toEqual([])
  })
})
