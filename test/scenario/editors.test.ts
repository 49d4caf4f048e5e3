import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { getLanguageService } from 'yaml-language-server'
import { createOcsMock } from '#core.ts'
import { checkScenario } from '#scenario/check.ts'

const FOLDER = new URL('../../scenarios/', import.meta.url)

type Service = ReturnType<typeof getLanguageService>

/** The part of editors that reads YAML, as their extension starts it. */
function languageService(): Service {
  const service = getLanguageService({
    schemaRequestService: async (uri: string) => readFileSync(new URL(uri), 'utf8'),
    workspaceContext: { resolveRelativePath: (path, resource) => new URL(path, resource).href },
  })
  service.configure({ validate: true, completion: true, hover: true, schemas: [] })
  return service
}

/** Each has a name of its own: what is said of one is kept by its name. */
const documentOf = (text: string) => TextDocument.create(new URL(`${randomUUID()}.yaml`, FOLDER).href, 'yaml', 1, text)

const inFile = (text: string, schema: string) => `# yaml-language-server: $schema=./${schema}\n${text}`

async function said(text: string, schema = 'schema.json'): Promise<string[]> {
  const diagnostics = await languageService().doValidation(documentOf(inFile(text, schema)), false)
  return diagnostics.map(({ message }) => message)
}

async function proposed(text: string, schema = 'schema.json'): Promise<string[]> {
  const document = documentOf(inFile(text, schema))
  const { items } = await languageService().doComplete(document, document.positionAt(document.getText().length), false)
  return items.map(({ label }) => label)
}

describe('an editor finds nothing wrong with', () => {
  it.each(readdirSync(FOLDER).filter((file) => file.endsWith('.yaml')))('the shipped %s', async (file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8')
    const diagnostics = await languageService().doValidation(documentOf(text), false)
    expect(diagnostics.map(({ message }) => message)).toEqual([])
  })
})

/** Mistakes in the steps of a scenario. */
const MISTAKES = [
  'foo: 1',
  '- { after: 5parsecs, enableApp: text }',
  '- { after: -1s, enableApp: text }',
  '- { after: 1h, when: advanced, enableApp: text }',
  "- { after: 1h, on: { path: '/status.php' }, enableApp: text }",
  "- { on: { path: '/a' }, when: advanced, enableApp: text }",
  '- { clock: { set: yesterday } }',
  '- { clock: { advance: soon } }',
  '- { fault: { fail: { status: 503 }, drop: request } }',
  '- { fault: { body: malformed, drop: request } }',
  '- { fault: { latency: 1h, maintenance: true, rateLimit: {} } }',
  '- { fault: { name: nothing } }',
  '- { fault: { answer: { status: 99 } } }',
  '- { fault: { on: { pth: /a }, drop: request } }',
  '- { enableApp: { id: text } }',
  '- { generate: { accounts: 0 } }',
] as const

describe('what the checker refuses, an editor refuses', () => {
  const { scenarioVocabulary } = createOcsMock()

  it.each(MISTAKES)('%s', async (line) => {
    const isMember = !line.startsWith('-')
    const text = isMember ? `${line}\nsteps:\n  - when: advanced\n    enableApp: text\n` : `steps:\n  ${line}\n`
    expect(await said(text)).not.toEqual([])
    const { parse } = await import('yaml')
    expect(() => checkScenario(parse(text), 'wrong', scenarioVocabulary)).toThrow()
  })

  it.each(['clock: { now: yesterday }', 'foo: 1', 'users: [{ name: alice }]', 'apps: { enabled: text }'])(
    'in a seed: %s',
    async (line) => {
      expect(await said(`${line}\n`, 'seed.schema.json')).not.toEqual([])
      const { parse } = await import('yaml')
      expect(() => createOcsMock({ seed: parse(line) })).toThrow()
    },
  )

  it('and nothing that is right', async () => {
    const text = `steps:
  - after: 1h 30m
    clock: { set: 2026-12-24T18:00:00Z }
  - on: { method: GET, operation: my_own-app-operation }
    fault: [{ latency: 2s }, { body: truncated, replace: { operation: mine, data: {} } }]
  - { enableApp: my_own, occ: [my:own] }
`
    expect(await said(text.replace('occ: [my:own]', 'occ: my:own'))).toEqual([])
  })
})

describe('the manual', () => {
  it('prints what an editor says of mistakes', async () => {
    const page = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8')
    const printed = /```text\n(foo: 1[^`]*)```/.exec(page)![1]!
    const lines = printed
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {4,}(?=[A-Z])/))
    const text = lines.map(([yaml]) => `${yaml}\n`).join('')
    expect((await said(text)).toSorted()).toEqual(lines.flatMap(([, message]) => message ?? []).toSorted())
  })
})

describe('an editor knows', () => {
  it('the names that there are', async () => {
    expect(await proposed('profile: ')).toEqual(expect.arrayContaining(['nextcloud-34', 'owncloud-10']))
    expect(await proposed('steps:\n  - fault:\n      replace:\n        operation: ')).toContain(
      'provisioning_api-users-get-user',
    )
    expect(await proposed('steps:\n  - on:\n      method: ')).toEqual(expect.arrayContaining(['GET', 'PROPFIND']))
    expect(await proposed('steps:\n  - enableApp: ')).toContain('files_sharing')
    expect(await proposed('apps:\n  enabled:\n    - ', 'seed.schema.json')).toContain('user_status')
  })

  it('what every member is for, and what each part is called', () => {
    for (const file of ['schema.json', 'seed.schema.json']) {
      const open: string[] = []
      visit(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')), '', open)
      expect([file, open]).toEqual([file, []])
    }
  })
})

/** Members without a description, and objects without a title. */
function visit(node: unknown, at: string, open: string[]): void {
  if (typeof node !== 'object' || node === null) return
  if ('type' in node && node.type === 'object' && !('title' in node)) open.push(`${at}: no title`)
  for (const [name, value] of Object.entries(node)) {
    if (name === 'properties')
      for (const [member, schema] of Object.entries(value as object))
        if (!('description' in schema)) open.push(`${at}/${member}: no description`)
    visit(value, `${at}/${name}`, open)
  }
}
