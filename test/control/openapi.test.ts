import { describe, expect, it } from 'vitest'
import { CONTROL_CALLS } from '#control/calls.ts'
import { Control } from './support.ts'

type Json = Readonly<Record<string, unknown>>

/** Every `$ref` of a document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) =>
    key === '$ref' && typeof member === 'string' ? [member] : references(member),
  )
}

const at = (document: unknown, reference: string) =>
  reference
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((value, key) => (value as Json | undefined)?.[key], document)

describe('the document of the control API', () => {
  const control = new Control()
  const read = async () => (await control.ask('GET', '/openapi.json')).body
  const operations = async () =>
    Object.values<Record<string, Json>>((await read()).paths).flatMap((methods) => Object.values(methods))

  it('has every call, each with an id of its own', async () => {
    const { openapi, paths } = await read()
    expect(openapi).toBe('3.1.0')
    for (const { method, path, summary } of CONTROL_CALLS)
      expect(paths[`/__admin${path}`][method.toLowerCase()].summary).toBe(summary)
    const ids = (await operations()).map(({ operationId }) => operationId)
    expect(ids).toHaveLength(CONTROL_CALLS.length)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('refers to nothing that it does not have', async () => {
    const document = await read()
    const missing = references(document).filter((reference) => at(document, reference) === undefined)
    expect(missing).toEqual([])
    expect(references(document)).toContain('#/components/schemas/Seed')
  })

  it('declares the parameters of every path', async () => {
    for (const [path, methods] of Object.entries<Record<string, Json>>((await read()).paths)) {
      for (const { parameters } of Object.values(methods)) {
        const declared = (parameters as Json[]).filter((one) => one.in === 'path').map(({ name }) => `{${name}}`)
        expect(declared).toEqual(path.match(/\{\w+\}/g) ?? [])
      }
    }
  })

  it('says what is sent where something is, and what is answered', async () => {
    const { paths } = await read()
    const schema = '#/components/schemas/Seed'
    expect(paths['/__admin/reset'].post.requestBody.content['application/json'].schema.$ref).toBe(schema)
    expect(paths['/__admin/requests/expect'].post.responses).toHaveProperty('409')
    const silent = CONTROL_CALLS.filter(({ answers }) => !answers).map(({ path }) => path)
    expect(silent).toEqual(['/events'])
  })
})
