import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { recordedIo } from '../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-openapi-'))
afterAll(() => rmSync(folder, { recursive: true }))

const module = join(folder, 'shelf.mjs')
writeFileSync(
  module,
  `import { defineApp, defineEndpoint, p, s } from 'ocs-mock'
const base = { app: 'shelf', method: 'GET', access: 'admin', summary: 'Books' }
const handle = ({ ok }) => ok([])
const output = s.list(s.string())
export const app = defineApp('shelf', { endpoints: [
  defineEndpoint({ ...base, id: 'shelf-books', path: '/apps/shelf/books/{id}', input: { id: p.int() }, output, handle }),
  defineEndpoint({ ...base, id: 'shelf-page', path: '/index.php/apps/shelf/page', envelope: false, failures: { 404: 'gone' }, output, handle }),
  defineEndpoint({ ...base, id: 'shelf-old', path: '/index.php/apps/shelf/old', envelope: 'v1', output, handle }),
] })`,
)

async function print(...args: string[]) {
  const io = recordedIo()
  const code = await main(['openapi', ...args], io)
  return { code, ...io.text }
}

type Document = {
  info: { title: string }
  tags: { name: string }[]
  paths: Record<
    string,
    { get: { operationId: string; responses: Record<number, { content?: Record<string, unknown> }> } }
  >
}

const read = async (...args: string[]) => JSON.parse((await print(...args)).out) as Document

describe('ocs-mock openapi', () => {
  it('prints what ships', async () => {
    const { info, tags, paths } = await read()
    expect(info.title).toBe('OCS API of Nextcloud 34.0.1')
    expect(tags.map(({ name }) => name)).toContain('files_sharing')
    expect(Object.keys(paths).length).toBeGreaterThan(500)
  })

  it('leaves out the apps that a profile does not have', async () => {
    const { info, tags } = await read('--profile', 'owncloud-8.1')
    expect(info.title).toContain('ownCloud')
    expect(tags.map(({ name }) => name)).not.toContain('user_status')
  })

  it('prints one app of the user, with its pages', async () => {
    const { tags, paths } = await read('--app-module', module, '--app', 'shelf')
    expect(tags).toEqual([{ name: 'shelf' }])
    expect(Object.entries(paths).map(([path, { get }]) => [path, get.operationId])).toEqual([
      ['/index.php/apps/shelf/old', 'shelf-old'],
      ['/index.php/apps/shelf/page', 'shelf-page'],
      ['/ocs/v1.php/apps/shelf/books/{id}', 'shelf-books.v1'],
      ['/ocs/v2.php/apps/shelf/books/{id}', 'shelf-books.v2'],
    ])
    const { responses } = paths['/index.php/apps/shelf/page']!.get
    expect(responses[200]).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/shelf-page' } } },
    })
    expect(responses[404]).toMatchObject({
      description: 'gone',
      content: { 'application/json': { schema: { properties: { message: { type: 'string' } } } } },
    })
    expect(Object.keys(paths['/index.php/apps/shelf/old']!.get.responses[200]!.content!)).toContain('application/xml')
  })

  it('says which app was probably meant', async () => {
    expect(await print('--app', 'file_sharing')).toMatchObject({
      code: 2,
      err: 'ocs-mock: Failed to find the app "file_sharing": no operation is one of it. Did you mean "files_sharing"?\n',
    })
  })
})
