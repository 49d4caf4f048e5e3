import { describe, expect, it } from 'vitest'
import { defineEndpoint, type Endpoint, p, s } from '#app/index.ts'
import { checkValue } from '#lib/schema.ts'
import { readPublished } from '../../scripts/scaffold/published-operation.ts'
import { scaffold } from '../../scripts/scaffold/scaffold.ts'

const OPERATION = { id: 'zoo-animal-get-animal', app: 'zoo', method: 'GET', path: '/apps/zoo/animals/{animalId}' }
const ok = (data: object) => ({
  content: {
    'application/json': {
      schema: { properties: { ocs: { properties: { meta: {}, data } } } },
    },
  },
})
const DOCUMENT = {
  components: {
    schemas: {
      Base: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
      Animal: {
        allOf: [
          { $ref: '#/components/schemas/Base' },
          {
            type: 'object',
            required: ['name', 'food'],
            properties: {
              name: { type: 'string' },
              'food-list': { type: 'array', items: { type: 'string' } },
              food: { type: 'string', nullable: true, enum: ['hay', 'fish'] },
            },
          },
        ],
      },
    },
  },
  paths: {
    '/ocs/v2.php/apps/zoo/animals/{animalId}': {
      get: {
        operationId: 'animal-get-animal',
        description: 'This endpoint requires admin access',
        security: [{ basic_auth: [] }],
        parameters: [
          { name: 'animalId', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'limit', in: 'query', schema: { type: 'integer', default: 7, minimum: 1, maximum: 30 } },
          { name: 'tags[]', in: 'query', required: true, schema: { type: 'array', items: { type: 'string' } } },
        ],
        responses: { 200: ok({ $ref: '#/components/schemas/Animal' }), 401: {}, 404: ok({}) },
      },
    },
  },
}

/** The definition that the written code makes. */
function definitionOf(code: string): Endpoint {
  const expression = code.replace(/^export const \w+ = /, '')
  return new Function('defineEndpoint', 'p', 's', `return ${expression}`)(defineEndpoint, p, s) as Endpoint
}

describe('a new endpoint', () => {
  const published = readPublished(DOCUMENT, OPERATION.id, OPERATION.app)
  const { definition, test } = scaffold(OPERATION, published)
  const endpoint = definitionOf(definition.code)

  it('goes where its id says', () => {
    expect(definition.path).toBe('handlers/zoo/animal.ts')
    expect(definition.code).toMatch(/^export const getAnimal = defineEndpoint/)
    expect(test.path).toBe('test/handlers/zoo/animal-get-animal.test.ts')
  })

  it('has method, path, access and failures as published', () => {
    expect(endpoint).toMatchObject({ ...OPERATION, access: 'admin', failures: { 404: '' }, probe: { animalId: '1' } })
  })

  it('has the published parameters, with their types and bounds', () => {
    expect(Object.keys(endpoint.input ?? {})).toEqual(['animalId', 'limit', 'tags'])
    expect(endpoint.input!.limit!.options).toMatchObject({ type: 'int', fallback: 7, min: 1, max: 30 })
    expect(endpoint.input!.tags!.options).toMatchObject({ type: 'array', nullable: false, hasDefault: false })
  })

  it('has the published shape', () => {
    expect(checkValue(endpoint.output, { id: 1, name: 'Mo', food: null })).toEqual([])
    expect(checkValue(endpoint.output, { id: '1', name: 'Mo', food: 'hay', 'food-list': [2] })).toMatchObject([
      { pointer: '/id' },
      { pointer: '/food-list/0' },
    ])
  })

  it('has a test that fails until someone has asked a real server', () => {
    expect(test.code).toContain("way.ask('GET', '/apps/zoo/animals/1'")
    expect(test.code).toContain('a test for the failure 404')
    expect(test.code).toContain('Ask a real server, and write down here what it says.')
  })

  it('can be started from its id alone', () => {
    const bare = definitionOf(scaffold(OPERATION, null).definition.code)
    expect(bare).toMatchObject({ id: OPERATION.id, access: 'user' })
  })
})
