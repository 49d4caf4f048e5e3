import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { operationTypes } from '#cli/operation-types.ts'
import { createOcsMock } from '#index.ts'
import { fromOpenApi } from '#openapi/from-openapi.ts'
import { SHELF_DOCUMENT } from '../openapi/shelf.ts'
import { recordedIo } from '../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-app-from-'))
afterAll(() => rmSync(folder, { recursive: true }))
const document = join(folder, 'shelf.json')
writeFileSync(document, JSON.stringify(SHELF_DOCUMENT))

const server = createOcsMock({
  apps: [fromOpenApi(SHELF_DOCUMENT)],
  seed: { bookshelf: { shelves: [{ owner: 'admin', title: 'Mail carol@corp.test' }] } } as never,
})

async function appFrom(...args: string[]) {
  const io = { ...recordedIo(), fetch: server.fetch }
  const code = await main(['app', ...args], io)
  return { code, ...io.text }
}

describe('ocs-mock app from', () => {
  it('writes a module with what a server answers, without what is secret', async () => {
    const login = ['--user', 'admin', '--password', 'admin']
    const { code, out } = await appFrom('from', 'http://corp.test', '--openapi', document, ...login, '--to', folder)
    expect([code, out]).toEqual([0, expect.stringContaining('operations with answers of http://corp.test')])
    const module = readFileSync(join(folder, 'app.mjs'), 'utf8')
    expect(module).toContain("import { fromOpenApi } from 'ocs-mock/openapi'")
    expect(module).toContain('"title": "Mail ')
    expect(module).not.toContain('corp.test')
    const [, examples = ''] = /const examples = (\{[\s\S]*?\n\})\n/.exec(module) ?? []
    const app = fromOpenApi(JSON.parse(readFileSync(join(folder, 'openapi.json'), 'utf8')), {
      examples: JSON.parse(examples),
    })
    expect(app.id).toBe('bookshelf')
    expect(Object.keys(JSON.parse(examples)).length).toBeGreaterThan(1)
  })

  it('says what is missing', async () => {
    expect((await appFrom('from', 'http://corp.test')).err).toContain('name it with --openapi')
    expect((await appFrom('of')).err).toContain('write "ocs-mock app from URL"')
    expect((await appFrom('from', 'http://corp.test', '--openapi', document)).err).toContain('--user and --password')
  })
})

describe('types of a document', () => {
  it('say what each operation takes', () => {
    const types = operationTypes({
      openapi: '3.1.0',
      info: { title: 'Shelf', version: '1.0.0' },
      paths: {
        '/index.php/apps/shelf/books/{id}': {
          put: {
            operationId: 'books-update',
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            requestBody: {
              required: true,
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['title'],
                    properties: {
                      title: { type: 'string' },
                      kind: { enum: ['a', 'b'] },
                      tags: { type: 'array', items: { type: 'string' }, default: [] },
                    },
                  },
                },
              },
            },
            responses: {},
          },
        },
      },
    })
    expect(types).toContain(
      '"books-update": { readonly "title": string; readonly "kind": "a" | "b" | null; readonly "tags": readonly (string)[]; readonly "id": number }',
    )
  })
})
