import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { judgeRecording } from '#verify/record.ts'
import { readRecording } from '#verify/recording.ts'
import { readHar } from '#verify/traffic/har.ts'
import { shipped } from '../../support/catalogue.ts'
import { recordedIo } from '../../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-har-'))
afterAll(() => rmSync(folder, { recursive: true }))

const BASE = 'https://cloud.firma.de/nextcloud'
const ocs = createOcsMock({ signedInAs: 'alice', seed: { users: [{ id: 'alice', password: 'pw-of-alice' }] } })

/** What a browser's developer tools save of one request: no cookies, no credentials, bodies as text or base64. */
async function entry(path: string, init: RequestInit & { base64?: boolean } = {}) {
  const headers = { 'OCS-APIRequest': 'true', Accept: 'application/json', ...(init.headers as object) }
  const answer = await ocs.fetch(`https://cloud.firma.de${path}`, { ...init, headers })
  const text = await answer.text()
  return {
    startedDateTime: '2026-11-21T12:00:00.000Z',
    time: 12,
    request: {
      method: init.method ?? 'GET',
      url: BASE + path,
      httpVersion: 'http/2.0',
      headers: [
        { name: ':authority', value: 'cloud.firma.de' },
        ...Object.entries(headers).map(([name, value]) => ({ name, value })),
      ],
      queryString: [],
      cookies: [],
      ...(init.body ? { postData: { mimeType: 'application/json', text: init.body } } : {}),
    },
    response: {
      status: answer.status,
      headers: [...answer.headers].map(([name, value]) => ({ name, value })),
      content: init.base64
        ? {
            size: text.length,
            mimeType: 'application/json',
            text: Buffer.from(text).toString('base64'),
            encoding: 'base64',
          }
        : { size: text.length, mimeType: 'application/json', text },
    },
  }
}

const har = (entries: readonly unknown[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } })

let entries: Awaited<ReturnType<typeof entry>>[]
beforeAll(async () => {
  const elsewhere = await entry('/ocs/v2.php/cloud/user')
  entries = [
    { ...elsewhere, request: { ...elsewhere.request, url: 'https://tracker.example.net/ocs/v2.php/cloud/user' } },
    await entry('/ocs/v2.php/cloud/capabilities', { base64: true }),
    await entry('/ocs/v2.php/cloud/user?format=json'),
    await entry('/ocs/v2.php/cloud/users'),
    await entry('/ocs/v2.php/apps/user_status/api/v1/user_status/status', {
      method: 'PUT',
      body: '{"statusType":"away"}',
      headers: { 'Content-Type': 'application/json' },
    }),
    await entry('/status.php'),
    { ...elsewhere, response: { status: 0, headers: [], content: { size: 0, mimeType: '', text: '' } } },
  ]
})

async function run(text: string, args: readonly string[] = []) {
  const file = join(folder, 'traffic.har')
  writeFileSync(file, text)
  const io = recordedIo()
  return { code: await main(['record', '--har', file, ...args], io), ...io.text }
}

describe('ocs-mock record --har', () => {
  it('judges what a browser saw of the server that is named, and says what it left out', async () => {
    const { code, out, err } = await run(har(entries), [BASE])
    expect(out).not.toContain('expected')
    expect(code).toBe(0)
    expect(err).toContain(`4 requests of ${join(folder, 'traffic.har')} asked ${BASE} for OCS.`)
    expect(err).toContain('Left out 1: asked https://tracker.example.net.')
    expect(err).toContain('Left out 1: no answer.')
    expect(err).toContain('Left out 1: asked for something else than OCS.')
    expect(out).toContain('Nextcloud 34.0.1: no findings.')
  })

  it('finds the server by itself where it is the first that was asked for OCS', async () => {
    const { err } = await run(har(entries.slice(1)))
    expect(err).toContain(`4 requests of ${join(folder, 'traffic.har')} asked ${BASE} for OCS.`)
  })

  it('finds what deviates, also in bodies that were saved as base64', async () => {
    const [, capabilities] = structuredClone(entries)
    const content = capabilities!.response.content
    const text = Buffer.from(content.text, 'base64').toString().replace('"string":"34.0.1"', '"string":34')
    content.text = Buffer.from(text).toString('base64')
    const { code, out } = await run(har([capabilities]))
    expect(code).toBe(1)
    expect(out).toContain('breaks: /ocs/data/version/string (schema)')
  })

  it('keeps it without the names of hosts and what else is secret', async () => {
    const to = join(folder, 'recording')
    const { err } = await run(har(entries), [BASE, '--to', to, '--update'])
    expect(err).toContain('Wrote 4 answers to 4 questions')
    const text = ['raw/core.json', 'raw/provisioning_api.json', 'raw/user_status.json', 'target.json']
      .map((file) => readFileSync(join(to, file), 'utf8'))
      .join('')
    expect(text).not.toContain('firma')
    expect(text).toContain('{\\"statusType\\":\\"away\\"}')
    expect(text).toContain('"account":"alice"')
  })

  it('keeps what a page asked with its request token so that it conforms when it is judged again', async () => {
    const headers = { 'OCS-APIRequest': '', requesttoken: 'q7RequestToken/abc+def==:mask/1234' }
    const page = await entry('/ocs/v2.php/cloud/user?format=json', { headers })
    page.response = (await entry('/ocs/v2.php/cloud/user?format=json')).response
    const to = join(folder, 'page')
    expect((await run(har([page]), ['--to', to, '--update'])).code).toBe(0)
    const recording = readRecording(to)
    expect(JSON.stringify(recording)).not.toContain('q7RequestToken')
    expect(await judgeRecording(recording, shipped.catalogue)).toEqual([])
  })

  it('takes forms, answers that were not saved, and bytes that are no text as they come', () => {
    const form = {
      request: {
        method: 'post',
        url: `${BASE}/ocs/v1.php/cloud/groups`,
        postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'groupid', value: 'a b' }] },
      },
      response: { status: 200, content: { text: '/wA=', encoding: 'base64' } },
    }
    const lost = { ...form, response: { status: 200, content: { size: 12 } } }
    const unread = {
      ...form,
      response: { status: 200, headers: [{ name: 'Content-Length', value: '81' }], content: { size: -1 } },
    }
    const { observed, skipped } = readHar(har([form, lost, unread]))
    expect(observed).toHaveLength(1)
    expect(observed[0]).toMatchObject({ method: 'POST', path: '/ocs/v1.php/cloud/groups', credentials: 'unknown' })
    expect(Buffer.from(observed[0]!.body).toString()).toBe('groupid=a+b')
    expect(observed[0]!.answer.body).toEqual(new Uint8Array([255, 0]))
    expect([...skipped]).toEqual([['the answer was not saved', 2]])
  })

  it.each([
    ['{', 'Failed to read the HAR file: '],
    ['{"log":{}}', 'it has no "log.entries"'],
    [har([]), 'nothing in it asked for OCS'],
    [har([null, 7, {}, { request: { url: 'no address' } }]), 'nothing in it asked for OCS'],
  ])('says what is wrong with %s', async (text, words) => {
    const { code, err } = await run(text)
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
  })

  it('says when there is no such file', async () => {
    const io = recordedIo()
    expect(await main(['record', '--har', join(folder, 'none.har')], io)).toBe(2)
    expect(io.text.err).toContain('there is no such file')
  })
})
