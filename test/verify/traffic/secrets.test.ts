import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { encodeJson, encodeXml } from '#line/encode.ts'
import { formsOf } from '#verify/secret-forms.ts'
import { recordedIo } from '../../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Everything that goes in and may not come out, in plain. */
const SECRETS = {
  password: `Gärtner's "Pass" & <wort>/1`,
  newPassword: 'Neu3s Kennw+rt=?%',
  shortPassword: 'pw#7',
  sharePassword: 'Teilen ist sch\u00f6n 9!',
  appToken: 'Xy7Kq-29Lmn-PpQr4-Zz81a-Bc3De',
  bearer: 'eyJhbGciOiJIUzI1NiJ9.c2VjcmV0.sig-nature',
  cookie: 'k3b8c1nq0v7sessioncookie5t',
  passphrase: 'pAsSpHrAsE%2Bof%2Fcookie%3D%3D',
  requestToken: 'q7RequestToken/abc+def==:mask/1234',
  shareToken: 'sHaReToKeN123xyz',
  pushHash: 'f00dfeedf00dfeedf00dfeed',
  apiKey: 'sk-live-0123456789abcdef',
  setEmail: 'gärtner+cloud@intern.firma-beispiel.de',
  email: 'alice.smith@firma-beispiel.de',
  foreignHost: 'wiki.intern.firma-beispiel.de',
  fileContent: 'Dear diary, today I was alone.',
  dataFolder: '/mnt/vertraulich/daten',
}
/** What would give somebody or some place away, in any form. */
const NEVER = ['firma-beispiel', 'alice.smith', 'vertraulich', 'rtner', 'wort>', 'sessioncookie', 'ReToKeN']

const answerData = {
  token: SECRETS.shareToken,
  url: `http://127.0.0.1:1/s/${SECRETS.shareToken}`,
  share_with: SECRETS.email,
  note: `Ask ${SECRETS.email} or https://${SECRETS.foreignHost}:8443/path, and say ${SECRETS.password}`,
  apppassword: SECRETS.appToken,
  storageLocation: `${SECRETS.dataFolder}/alice`,
  tokens: [SECRETS.bearer],
  cloudId: `alice@${SECRETS.foreignHost}`,
}

/** Answers like a Nextcloud, and everything else with all secrets in it. */
const model = createOcsMock({ seed: { users: [{ id: 'alice', password: SECRETS.password }] }, onNotBuilt: () => {} })
const talkative: typeof fetch = async (input, init) => {
  const request = new Request(input, init)
  const { pathname } = new URL(request.url)
  if (!/\/files_sharing\/|\/users\/alice$|\/config\//.test(pathname)) return model.fetch(request)
  const meta = { status: 'ok', statuscode: 200, message: `OK ${SECRETS.password}` }
  const isJson = /json/.test(request.headers.get('accept') ?? '')
  const headers: [string, string][] = [
    ['Content-Type', isJson ? 'application/json; charset=utf-8' : 'application/xml; charset=utf-8'],
    ['Set-Cookie', `oc_session=${SECRETS.cookie}; path=/; HttpOnly`],
    ['Location', `https://${SECRETS.foreignHost}/s/${SECRETS.shareToken}`],
    ['X-Request-Id', SECRETS.cookie],
  ]
  return new Response(isJson ? encodeJson(meta, answerData) : encodeXml(meta, answerData), { headers })
}

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`
const SHARES = '/ocs/v2.php/apps/files_sharing/api/v1/shares'

/** What a client might send: each secret in each way of sending it. */
const REQUESTS: readonly [target: string, init: RequestInit & { headers?: Record<string, string> }][] = [
  ['/ocs/v2.php/cloud/user?format=json', { headers: { Authorization: basic('alice', SECRETS.password) } }],
  [
    `${SHARES}?shared_with=${encodeURIComponent(SECRETS.email)}`,
    { headers: { Authorization: `Bearer ${SECRETS.bearer}` } },
  ],
  [
    SHARES,
    {
      method: 'POST',
      headers: { Authorization: basic('alice', SECRETS.appToken), 'Content-Type': 'application/json' },
      body: JSON.stringify({ path: '/a', shareType: 3, password: SECRETS.sharePassword, note: SECRETS.email }),
    },
  ],
  [
    `${SHARES}/7`,
    {
      method: 'PUT',
      headers: {
        Cookie: `oc_session=${SECRETS.cookie}; oc_sessionPassphrase=${SECRETS.passphrase}`,
        requesttoken: SECRETS.requestToken,
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: `https://${SECRETS.foreignHost}`,
      },
      body: new URLSearchParams({ password: SECRETS.sharePassword, note: SECRETS.email }).toString(),
    },
  ],
  [
    '/ocs/v1.php/cloud/users/alice',
    {
      method: 'PUT',
      headers: { Authorization: basic('alice', SECRETS.password), 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ key: 'password', value: SECRETS.newPassword }).toString(),
    },
  ],
  [
    '/ocs/v1.php/cloud/users/alice?format=json',
    {
      method: 'PUT',
      headers: { Authorization: basic('alice', SECRETS.password), 'Content-Type': 'application/json' },
      body: JSON.stringify({ key: 'email', value: SECRETS.setEmail }),
    },
  ],
  [
    '/ocs/v2.php/cloud/users',
    {
      method: 'POST',
      headers: {
        Authorization: basic('admin', SECRETS.shortPassword),
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: `userid=bob&password=${encodeURIComponent(SECRETS.shortPassword)}&email=${encodeURIComponent(SECRETS.setEmail)}`,
    },
  ],
  [
    '/ocs/v2.php/apps/provisioning_api/api/v1/config/apps/mail/api_key',
    {
      method: 'POST',
      headers: { Authorization: basic('admin', 'admin'), 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ value: SECRETS.apiKey }).toString(),
    },
  ],
  [
    `/ocs/v2.php/apps/notifications/api/v2/push?pushTokenHash=${SECRETS.pushHash}&format=json`,
    { method: 'POST', headers: { Authorization: basic('alice', SECRETS.password) } },
  ],
  [
    '/ocs/v2.php/apps/files_sharing/api/v1/shareinfo',
    {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml' },
      body: `<a><password>${SECRETS.newPassword.replace('&', '&amp;')}</password></a>`,
    },
  ],
]

function multipart(): [string, RequestInit] {
  const form = new FormData()
  form.append('password', SECRETS.sharePassword)
  form.append('api_token', SECRETS.shortPassword)
  form.append('file', new Blob([SECRETS.fileContent]), 'notes.txt')
  return [SHARES, { method: 'POST', headers: { Authorization: basic('alice', SECRETS.password) }, body: form }]
}

function filesBelow(at: string): string[] {
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Every form of every secret that is still somewhere in what was written or printed. */
function leaks(texts: ReadonlyMap<string, string>): string[] {
  const wanted = Object.entries(SECRETS).flatMap(([name, secret]) =>
    formsOf(secret).map((form) => [name, form] as const),
  )
  for (const fragment of NEVER) wanted.push(['fragment', fragment])
  for (const [user, password] of [
    ['alice', SECRETS.password],
    ['alice', SECRETS.appToken],
    ['admin', SECRETS.shortPassword],
  ] as const)
    wanted.push(['Basic', basic(user, password).slice('Basic '.length)])
  return [...texts].flatMap(([file, text]) =>
    wanted.filter(([, form]) => text.includes(form)).map(([name, form]) => `${file}: ${name} as ${form}`),
  )
}

describe('what a proxy leaves behind', () => {
  let server: RunningServer
  const texts = new Map<string, string>()
  beforeAll(async () => {
    server = await startServer({
      handle: async (call) => {
        const body = await call.body()
        const names = ['accept', 'authorization', 'cookie', 'content-type', 'ocs-apirequest', 'requesttoken']
        const headers = names
          .filter((name) => call.header(name) !== '')
          .map((name): [string, string] => [name, call.header(name)])
        const init = {
          method: call.method,
          headers,
          ...(body.length > 0 && call.method !== 'GET' ? { body: body as BodyInit } : {}),
        }
        const response = await talkative(`${call.origin}${call.path}?${call.query}`, init)
        return { status: response.status, headers: [...response.headers], body: await response.text() }
      },
    })
    const io = recordedIo()
    const to = join(folder, 'recording')
    const reports = ['html', 'json', 'xml', 'sarif', 'md'].flatMap((kind) => [
      '--report',
      join(folder, `report.${kind}`),
    ])
    const ended = main(['record', '--proxy', server.url, '--to', to, '--update', ...reports], io)
    const proxy = await new Promise<string>((resolve) => {
      const look = () => {
        const url = /^(http\S+) stands in front/m.exec(io.text.out)?.[1]
        if (url) resolve(url)
        else setImmediate(look)
      }
      look()
    })
    for (const [target, init] of [...REQUESTS, multipart()]) {
      for (const accept of ['application/json', 'application/xml']) {
        const headers = { 'OCS-APIRequest': 'true', Accept: accept, ...init.headers }
        await (await fetch(proxy + target, { ...init, headers: headers as Record<string, string> })).text()
      }
    }
    io.end()
    expect(await ended).toBeLessThan(2)
    for (const file of filesBelow(folder)) texts.set(file.slice(folder.length + 1), readFileSync(file, 'utf8'))
    texts.set('standard output', io.text.out)
    texts.set('standard error', io.text.err)
  }, 60_000)
  afterAll(() => server.close())

  it('is a recording of everything that was asked, and every kind of report', () => {
    const raw = [...texts].filter(([file]) => file.startsWith('recording/raw/')).map(([, text]) => text)
    expect(raw.join('').match(/"kind":"observed"/g)).toHaveLength(2 * (REQUESTS.length + 1))
    expect(texts.size).toBeGreaterThan(9)
    expect(texts.get('standard error')).toContain('expected')
  })

  it('has no secret in any form: plain, JSON, XML, percent-encoded, as a form, as Basic', () => {
    expect(leaks(texts)).toEqual([])
  })

  it('still says what was asked, by whom', () => {
    const sharing = texts.get('recording/raw/files_sharing.json')!
    expect(sharing).toContain('"shareType\\":3')
    expect(sharing).toContain('"account":"alice"')
    expect(sharing).toContain('someone1@example.org')
    expect(sharing).toContain('notes.txt')
    expect(sharing.match(/someone\d+/g)).not.toContain('someone4')
    for (const [file, text] of texts) if (file.endsWith('.json')) expect(() => JSON.parse(text)).not.toThrow()
  })

  it('would be noticed by this test', () => {
    const spoiled = new Map([
      ['a.json', encodeJson({}, { note: SECRETS.password })],
      ['b', 'x%20firma-beispiel'],
    ])
    expect(leaks(spoiled)).toEqual([
      expect.stringContaining('a.json: password as G'),
      expect.stringContaining('a.json: fragment as'),
      'b: fragment as firma-beispiel',
    ])
  })
})
