import { describe, expect, it } from 'vitest'
import { openApiDocument } from '#adapters/openapi.ts'
import { defineEndpoint, p, s } from '#app/index.ts'
import { allInRelease } from '#line/in-release.ts'
import { findProfile } from '#profiles/index.ts'
import { shippedEndpoints } from '../support/catalogue.ts'

type Json = Record<string, never>
const PROFILE = findProfile()

const document = openApiDocument(
  {
    endpoints: [
      defineEndpoint({
        id: 'zoo-feed',
        app: 'zoo',
        method: 'POST',
        path: '/apps/zoo/animals/{animalId:\\d{1,3}}/food',
        access: 'admin',
        summary: 'Feed an animal',
        input: {
          food: p.string().describe('What it gets'),
          amount: p.int().default(1).range(1, 9),
          at: p.string().orNull(),
        },
        output: s.object({ left: s.list(s.string()), note: s.nullable(s.string()) }),
        failures: { 102: 'no such animal', 404: ['no food', 'no water'] },
        handle: ({ ok }) => ok(),
      }),
      defineEndpoint({
        id: 'zoo-look',
        app: 'zoo',
        method: 'GET',
        path: '/apps/zoo/animals',
        access: 'public',
        csrf: false,
        summary: 'Look at animals',
        input: { tags: p.array().default([]) },
        output: s.list(s.string()),
        handle: ({ ok }) => ok(),
      }),
    ],
  },
  PROFILE,
) as unknown as Json

const at = (...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document)
const FEED = ['/ocs/v2.php/apps/zoo/animals/{animalId}/food', 'post'] as const

describe('the published document', () => {
  it('gives failures the HTTP statuses that the envelope gives them', () => {
    expect(Object.keys(at('paths', ...FEED, 'responses') as object)).toEqual(['200', '400', '401', '403', '404', '412'])
    const v1 = Object.keys(at('paths', FEED[0].replace('v2', 'v1'), 'post', 'responses') as object)
    expect(v1).toEqual(['200', '401', '412'])
    expect(at('paths', ...FEED, 'responses', '404', 'description')).toBe('404: no food / no water')
    expect(at('paths', FEED[0].replace('v2', 'v1'), 'post', 'responses', '200', 'description')).toBe(
      '100: Feed an animal\n102: no such animal\n404: no food / no water',
    )
  })

  it('has both formats, and lists as XML has them', () => {
    expect(Object.keys(at('paths', ...FEED, 'responses', '200', 'content') as object)).toEqual([
      'application/json',
      'application/xml',
    ])
    expect(at('components', 'schemas', 'zoo-feed', 'properties', 'left')).toEqual({
      type: 'array',
      items: { type: 'string', xml: { name: 'element' } },
      xml: { wrapped: true },
    })
  })

  it('has path parameters with their patterns and bodies with their bounds', () => {
    expect(at('paths', ...FEED, 'parameters', '0')).toEqual({
      name: 'animalId',
      in: 'path',
      required: true,
      schema: { type: 'string', pattern: '^(?:\\d{1,3})$' },
    })
    expect(at('paths', ...FEED, 'requestBody', 'content', 'application/json', 'schema')).toEqual({
      type: 'object',
      properties: {
        food: { type: 'string', description: 'What it gets' },
        amount: { type: 'integer', minimum: 1, maximum: 9, default: 1 },
        at: { type: ['string', 'null'], default: null },
      },
      required: ['food'],
    })
  })

  it('asks for no credentials and no header where none are needed', () => {
    const look = ['/ocs/v2.php/apps/zoo/animals', 'get'] as const
    expect(at('paths', ...look, 'security', '0')).toEqual({})
    expect(at('paths', ...look, 'parameters')).toEqual([
      { name: 'tags[]', in: 'query', required: false, schema: { type: 'array', items: {}, default: [] } },
    ])
    expect(Object.keys(at('paths', ...look, 'responses') as object)).toEqual(['200'])
  })
})

describe('the document of everything that is shipped', () => {
  const text = JSON.stringify(openApiDocument({ endpoints: shippedEndpoints }, PROFILE))
  const whole = JSON.parse(text) as {
    paths: Record<string, Record<string, { operationId: string }>>
    components: Record<string, Record<string, unknown>>
  }

  it('names nothing that it does not have', () => {
    const references = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)].map(([, kind, name]) => `${kind}/${name}`),
    )
    const missing = [...references].filter((reference) => {
      const [kind, name] = reference.split('/') as [string, string]
      return !Object.hasOwn(whole.components[kind] ?? {}, name)
    })
    expect(missing).toEqual([])
  })

  it('has every operation of OCS in both versions, and every page, under a name of its own', () => {
    const ids = Object.values(whole.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
    const wanted = allInRelease(shippedEndpoints, PROFILE).flatMap(({ id, path }) =>
      path.startsWith('/index.php/') ? [id] : [`${id}.v1`, `${id}.v2`],
    )
    expect(ids.sort()).toEqual(wanted.sort())
  })
})
