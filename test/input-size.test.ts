import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { readScenarioFile } from '#cli/scenario-file.ts'
import { readSeedFile } from '#cli/seed-file.ts'
import { readXml } from '#dav/read-xml.ts'
import { createOcsMock } from '#index.ts'
import type { RequestFacts } from '#journal/journal-entry.ts'
import { differing } from '#journal/match.ts'
import { parseJson } from '#lib/json.ts'
import { compilePattern } from '#lib/pattern.ts'
import { parseStr } from '#lib/php-form.ts'
import { parseMultipart } from '#line/multipart.ts'
import { matches } from '#replay/match.ts'
import { decodeEnvelope, parseXml } from '#verify/decode-answer.ts'
import { Redactor } from '#verify/redact.ts'
import { readHar } from '#verify/traffic/har.ts'

/** What is repeated until a text is long; each makes some expression or some loop look at everything again and again. */
const REPEATED = [
  'a',
  'a[]=1&',
  '[b]',
  '[',
  '{"a":',
  '<a>',
  '<a b="c">',
  '<',
  '&',
  '&amp;',
  '"',
  '\\"',
  '\\',
  '\n',
  ' ',
  '%',
  '%40',
  '%2b',
  '%c3%a9',
  '\\u0040',
  '\\u0061',
  '.a',
  '@a',
  'a@',
  'http://',
  'http://a:',
  'name="x"\r\n',
  'a:name="x"\r\n',
  '--b\r\n',
  '--b\r\nContent-Disposition: form-data; name="a[]"\r\n\r\n1\r\n',
  '"token":"',
  '<token>',
  '?token=a&',
  '&a[b][c',
  'é',
  '\u0000',
]

const SIZE = 50_000

/** Each with something in front of the text and behind it that makes the parser read on, or fail at the end. */
const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  forms: (text) => [parseStr(text), parseStr(`a${text}=1`), parseStr(`a=${text}`)],
  'multipart forms': (text) => {
    const type = 'multipart/form-data; boundary=b'
    const bytes = (body: string) => new TextEncoder().encode(body)
    const head = '--b\r\nContent-Disposition: form-data; name="'
    return [parseMultipart(bytes(text), type), parseMultipart(bytes(`${head}${text}"\r\n\r\n1\r\n--b--`), type)]
  },
  JSON: (text) => [parseJson(text), parseJson(JSON.stringify({ a: text }))],
  'answers in JSON': (text) => [answer(text), answer(`{"ocs":${text}`), answer(`"${text}`)].map(decodeEnvelope),
  'answers in XML': (text) => [
    parseXml(`<?xml version="1.0"?>\n<a>${text}</a>`),
    parseXml(`<?xml version="1.0"?>${text}`),
  ],
  'WebDAV bodies': (text) =>
    [`<?xml version="1.0"?>${text}`, `<a>${text}</a>`, `<a b="${text}"/>`, `<!DOCTYPE a [${text}`].map((body) =>
      orError(() => readXml(body)),
    ),
  redaction: (text) => {
    const redactor = new Redactor({ base: 'https://cloud.example.net', secrets: ['a-long-secret'] })
    redactor.learnText(text)
    return [redactor.text(text), redactor.text(`?${text}`), redactor.text(`{"${text}`)]
  },
  'patterns of paths': (text) => [
    differing({ pathPattern: '(a+)+$x' })(entry(text)),
    differing({ path: '**a**a**[b]**' })(entry(text)),
    differing({ query: { a: '1' } })(entry(text)),
    compilePattern('^([^]*[^]*)*b{2}$').test(text),
  ],
  'recorded texts': (text) => matches('redacted/redacted/redacted/someone1@example.org', text),
  'search conditions': (text) =>
    ocs.fetch('https://cloud.example.com/remote.php/dav/', {
      method: 'SEARCH',
      headers: { Authorization: `Basic ${btoa('admin:admin')}`, 'Content-Type': 'text/xml' },
      body: searchFor(text),
    }),
  'files of seeds and scenarios': async (text) => {
    const file = join(folder, 'document.yaml')
    for (const document of [text, `users:\n  - id: ${text}`, JSON.stringify({ users: [{ id: text }] })]) {
      writeFileSync(file, document)
      await readSeedFile(file).catch(String)
      await readScenarioFile(file).catch(String)
    }
  },
  seeds: (text) => orError(() => ocs.reset({ users: [{ id: text, email: text, groups: [text] }] })),
  scenarios: (text) =>
    ocs.scenario.start({ steps: [{ on: { path: text }, clock: { advance: text } }], name: text }).catch(String),
  HAR: (text) => orError(() => readHar(`{"log":{"entries":[${text}`)),
}

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-sizes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const ocs = createOcsMock()

const searchFor = (text: string) => `<?xml version="1.0"?>
<d:searchrequest xmlns:d="DAV:"><d:basicsearch>
  <d:select><d:prop><d:getetag/></d:prop></d:select>
  <d:from><d:scope><d:href>/files/admin</d:href><d:depth>infinity</d:depth></d:scope></d:from>
  <d:where><d:like><d:prop><d:displayname/></d:prop>
    <d:literal>${text.replace(/[&<\0]/g, '_')}%${text.replace(/[&<\0]/g, '_')}%</d:literal></d:like></d:where>
</d:basicsearch></d:searchrequest>`

function orError(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return error
  }
}

function entry(path: string): RequestFacts {
  const none = { contentType: '', body: null, bodySize: 0, actor: null, operation: null, ocs: null } as const
  return { ...none, id: 1, at: 0, method: 'GET', path, query: path, outcome: 'answered', status: 200 }
}

const answer = (body: string) => ({ status: 200, headers: [], body })

describe.each(Object.entries(PARSERS))('%s', (_, parse) => {
  // By the square of this size it would take minutes.
  it.each(REPEATED)('are read in time by their length: %j', async (repeated) => {
    await parse(repeated.repeat(Math.ceil(SIZE / repeated.length)))
  })
})
