import { describe, expect, it } from 'vitest'
import { readXmlDocument } from '#lib/read-xml.ts'
import { OcsMock } from '#mock.ts'
import { htmlReport } from '#verify/reports/html.ts'
import { junitReport } from '#verify/reports/junit.ts'
import { markdownReport } from '#verify/reports/markdown.ts'
import { sarifReport } from '#verify/reports/sarif.ts'
import { textReport } from '#verify/reports/text.ts'
import { InterruptedError, NoAnswerError, Sender } from '#verify/sender.ts'
import type { Verification } from '#verify/verification.ts'
import { verify } from '#verify/verify.ts'
import { usersTable } from '#world/accounts/users.ts'
import { compositionOf, shipped } from '../support/catalogue.ts'
import { LOGINS, openSmallCloud, smallCloud } from '../support/small-cloud.ts'

const BASE = 'https://cloud.example.com'

/** What stands where data should be: names that no element has, what terminals and pages obey, what is nested deep. */
const EVIL =
  '{"a/b":1,"":{"0":"\\u001b[2J\\u001b]0;title\\u0007"},"<script>alert(1)</script>":"\\ud800\\ufffe\\u0000","__proto__":{"x":1},"x":"```\\n::error file=a::b\\n# head","``":[[[[1e400]]]],"\\u202egnp":null}'
const DEEP = `${'['.repeat(5000)}${']'.repeat(5000)}`

/** A server whose every JSON answer but those that say what it is holds something else. */
const spoiled =
  (spoil: (text: string) => string): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    const ocs = openSmallCloud()
    const response = await ocs.fetch(request)
    const text = await response.text()
    if (/status\.php|cloud\/(?:apps|user\b)/.test(request.url)) return new Response(text, response)
    return new Response(response.status === 204 ? null : spoil(text), response)
  }

const judged = (send: typeof fetch): Promise<Verification> =>
  verify({
    url: BASE,
    logins: LOGINS,
    fetch: send,
    catalogue: compositionOf(smallCloud).catalogue,
    sleep: async () => {},
  })

/** Everything that is written of a verification. */
const reportsOf = async (verification: Verification) => ({
  text: textReport(verification),
  markdown: markdownReport(verification),
  html: htmlReport(verification),
  junit: await junitReport(verification),
  sarif: sarifReport(verification),
})

describe('a server that answers anything', () => {
  const withData = (data: string) => (text: string) =>
    text.startsWith('{') ? text.replace(/"data":.*\}\}$/s, `"data":${data}}}`) : text

  it.each([
    ['data that means harm', withData(EVIL)],
    ['data that is nested too deep', withData(DEEP)],
    ['no data', withData('null')],
    ['numbers without end', withData('1e999')],
    ['a status that is none', (text: string) => text.replace(/"statuscode":\d+/, '"statuscode":"\\u001b"')],
    ['bytes', () => '\u0000\u0001\ufffd'],
    ['nothing', () => ''],
    ['null', () => 'null'],
    ['XML that does not end', () => '<?xml version="1.0"?><ocs><meta>'],
    ['XML of odd names', (text: string) => text.replace('<data>', '<data><constructor/><__proto__ a="&#65536;"/>')],
  ])('is judged to the end, and reported: %s', async (_, spoil) => {
    const verification = await judged(spoiled(spoil))
    expect(verification.findings.length).toBeGreaterThan(0)
    const reports = await reportsOf(verification)
    for (const [kind, report] of Object.entries(reports)) {
      expect(report, kind).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\ufffe]|\p{Surrogate}/u)
      expect(report, kind).not.toMatch(/^\s*(?:::|##\[)/m)
    }
    expect(readXmlDocument(reports.junit).name).toBe('testsuites')
    expect(() => JSON.parse(reports.sarif)).not.toThrow()
    expect(reports.html).not.toContain('<script>alert')
  })

  it.each([
    'null',
    '[]',
    '5',
    '{"versionstring":{"a":1}}',
    '{"productname":"::error::\\u001b<b>","versionstring":"34.0.1","installed":true}',
  ])('says of itself anything: %s', async (status) => {
    const ocs = openSmallCloud()
    const send: typeof fetch = async (input, init) => {
      const request = new Request(input, init)
      return request.url.endsWith('/status.php') ? new Response(status) : ocs.fetch(request)
    }
    const ended = await judged(send).then(
      (verification) => textReport(verification),
      (error: Error) => `${error.name}: ${error.message}`,
    )
    expect(ended).not.toMatch(/^::|\u001b|<b>|TypeError/m)
  })

  it('is somebody else than it should be: any profile can be judged', async () => {
    for (const profile of ['documented', 'owncloud-8.1', 'nextcloud-34'] as const) {
      const ocs = new OcsMock({ profile, onNotBuilt: () => {} })
      const [admin] = [...ocs.world.table(usersTable).values()]
      const logins = [{ user: admin!.id, password: admin!.password }]
      const options = { url: BASE, logins, catalogue: shipped.catalogue, only: /^core$/ }
      const { findings } = await verify({ ...options, fetch: ocs.fetch, sleep: async () => {} })
      expect(findings).toBeDefined()
    }
  })
})

describe('an answer without end', () => {
  /** Sends some bytes each time it is asked for more. */
  const endless = (bytes: number, before: () => Promise<void> = async () => {}) =>
    new Response(
      new ReadableStream({
        async pull(controller) {
          await before()
          controller.enqueue(new Uint8Array(bytes))
        },
      }),
    )

  it('is none when it is larger than any answer', async () => {
    let sent = 0
    const fetch = async () => {
      sent++
      return endless(100_000)
    }
    const sender = new Sender({ base: BASE, fetch, mostBytes: 1_000_000 })
    await expect(sender.send('GET', '/', {})).rejects.toThrow(NoAnswerError)
    await expect(sender.send('GET', '/', {})).rejects.toThrow('larger than 1000000 bytes')
    expect(sent).toBe(2)
  })

  it('is not waited for when the run is asked to end', async () => {
    const ended = new AbortController()
    const fetch: typeof globalThis.fetch = async (_, init) => {
      const { signal } = init!
      const dripping = () =>
        new Promise<void>((_resolve, reject) => {
          signal!.addEventListener('abort', () => reject(signal!.reason))
          queueMicrotask(() => ended.abort())
        })
      return endless(1, dripping)
    }
    const sender = new Sender({ base: BASE, fetch })
    sender.stopAt(ended.signal)
    await expect(sender.send('GET', '/', {})).rejects.toThrow(InterruptedError)
  })

  it('of pauses is none either: all of them together have an end', async () => {
    const slept: number[] = []
    let now = 0
    const sender = new Sender({
      base: BASE,
      now: () => now,
      sleep: async (milliseconds) => {
        slept.push(milliseconds)
        now += milliseconds
      },
      fetch: async () => new Response('', { status: 503, headers: { 'Retry-After': '86400' } }),
    })
    expect((await sender.send('GET', '/', {})).status).toBe(503)
    expect(slept.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(120_000)
  })

  it('of a pause is not waited for when the run is asked to end', async () => {
    const ended = new AbortController()
    const sender = new Sender({
      base: BASE,
      sleep: () => new Promise(() => queueMicrotask(() => ended.abort())),
      fetch: async () => new Response('', { status: 429, headers: { 'Retry-After': '60' } }),
    })
    sender.stopAt(ended.signal)
    await expect(sender.send('GET', '/', {})).rejects.toThrow(InterruptedError)
  })
})
