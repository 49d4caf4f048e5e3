import { describe, expect, it } from 'vitest'
import { defineEndpoint, type Endpoint, p, s } from '#app/index.ts'
import { checkValue } from '#lib/schema.ts'
import { namesOf } from '../../scripts/scaffold/operation-names.ts'
import { readPublished } from '../../scripts/scaffold/published-operation.ts'
import { definitionCode, scaffold } from '../../scripts/scaffold/scaffold.ts'
import { wantedOperation } from '../../scripts/scaffold/wanted-operation.ts'

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
const APP = `import { defineApp } from '#app/index.ts'
import { listCages } from './cages.ts'

export const app = defineApp('zoo', {
  endpoints: [
    listCages,
  ],
})
`
const CAGES = `import { defineEndpoint, s } from '#app/index.ts'

export const listCages = defineEndpoint({
  id: 'zoo-cage-list',
})
`
const FILES = { 'handlers/zoo/app.ts': APP, 'handlers/zoo/cages.ts': CAGES }

/** The definition that the written code makes. */
function definitionOf(code: string): Endpoint {
  const expression = code.replace(/^export const \w+ = /, '')
  return new Function('defineEndpoint', 'p', 's', `return ${expression}`)(defineEndpoint, p, s) as Endpoint
}

describe('a new definition', () => {
  const published = readPublished(DOCUMENT, OPERATION.id, OPERATION.app)
  const endpoint = definitionOf(definitionCode(OPERATION, published, 'getAnimal'))

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

  it('can be started from its operation alone', () => {
    expect(definitionOf(definitionCode(OPERATION, null, 'getAnimal'))).toMatchObject({ ...OPERATION, access: 'user' })
  })

  it('has no envelope below index.php', () => {
    const page = { ...OPERATION, path: '/index.php/apps/zoo/animals' }
    expect(definitionOf(definitionCode(page, null, 'getAnimals'))).toMatchObject({ envelope: false })
  })
})

describe('a new endpoint', () => {
  const published = readPublished(DOCUMENT, OPERATION.id, OPERATION.app)
  const start = (operation = OPERATION, more: { files?: Record<string, string>; resource?: string } = {}) =>
    scaffold(operation, { published, files: FILES, ...more })

  it('goes where its path says, and its app lists it', () => {
    const files = start()
    expect(Object.keys(files)).toEqual([
      'handlers/zoo/animals.ts',
      'handlers/zoo/app.ts',
      'test/handlers/zoo/animals-get-animal.test.ts',
    ])
    expect(files['handlers/zoo/animals.ts']).toMatch(
      /^import \{ defineEndpoint, p, s \} from '#app\/index.ts'\n\nexport const getAnimal = /,
    )
    expect(files['handlers/zoo/app.ts']).toBe(
      `import { getAnimal } from './animals.ts'\n${APP.replace('listCages,\n  ],', 'listCages, getAnimal],')}`,
    )
  })

  it('has a test that fails until someone has asked a real server', () => {
    const test = start()['test/handlers/zoo/animals-get-animal.test.ts']
    expect(test).toContain("way.ask('GET', '/apps/zoo/animals/1'")
    expect(test).toContain('a test for the failure 404')
    expect(test).toContain('Ask a real server, and write down here what it says.')
  })

  it('joins its peers, by what they import already', () => {
    const { 'handlers/zoo/cages.ts': cages, 'handlers/zoo/app.ts': app } = start({ ...OPERATION, id: 'zoo-cage-open' })
    expect(cages).toMatch(/^import \{ defineEndpoint, s, p \} from '#app\/index.ts'\n\nexport const listCages = /)
    expect(cages).toContain('export const open = ')
    expect(app).toContain("import { listCages, open } from './cages.ts'")
    expect(app).toContain('listCages, open]')
  })

  it('joins a file that its app imports as one', () => {
    const app = APP.replace('{ listCages }', '* as cages').replace('    listCages', '    ...[cages.listCages]')
    const files = { ...FILES, 'handlers/zoo/app.ts': app }
    expect(start({ ...OPERATION, id: 'zoo-cage-open' }, { files })['handlers/zoo/app.ts']).toContain(
      '...[cages.listCages], cages.open]',
    )
  })

  it('begins the list of an app that has none', () => {
    const files = { 'handlers/zoo/app.ts': "export const app = defineApp('zoo', {\n  tables: [],\n})\n" }
    expect(start(OPERATION, { files })['handlers/zoo/app.ts']).toContain(
      "'zoo', {\n  endpoints: [getAnimal],\n  tables",
    )
  })

  it('takes another name where the first is in use', () => {
    const files = { ...FILES, 'handlers/zoo/app.ts': `${APP}// getAnimal\n` }
    expect(start(OPERATION, { files })['handlers/zoo/animals.ts']).toContain('export const getAnimalAnimals = ')
  })

  it('says what is in the way', () => {
    const there = { ...FILES, 'test/handlers/zoo/animals-get-animal.test.ts': '' }
    expect(() => start(OPERATION, { files: there })).toThrow('is there already')
    expect(() => start(OPERATION, { files: {} })).toThrow('Run "npm run new:app -- zoo"')
    expect(() => start(OPERATION, { resource: 'app' })).toThrow('--resource')
    const constant = { 'handlers/zoo/app.ts': APP.replace(/\[[^\]]*\]/, 'ALL') }
    expect(() => start(OPERATION, { files: constant })).toThrow('Add getAnimal by hand')
  })
})

describe('the operation that is wanted', () => {
  const find = (options: Parameters<typeof wantedOperation>[0]) =>
    wantedOperation(options, [OPERATION], ['zoo', 'zoo-keepers'])

  it('is a published one by its id', () => {
    expect(find({ id: OPERATION.id })).toBe(OPERATION)
  })

  it('is any other by app, method and path', () => {
    const feed = { app: 'zoo', method: 'POST', path: '/apps/zoo/animals/{id}/feed' }
    const spelt = { id: 'zoo:POST /apps/zoo/animals/{id}/feed', ...feed }
    expect(find({ ...feed, path: `/ocs/v2.php${feed.path}` })).toEqual(spelt)
    expect(find({ id: spelt.id })).toEqual(spelt)
    expect(find({ id: 'zoo-animal-feed', method: feed.method, path: feed.path })).toEqual({
      ...feed,
      id: 'zoo-animal-feed',
    })
  })

  it('has to be said', () => {
    expect(() => find({})).toThrow('its id, or --app, --method and --path')
    expect(() => find({ id: 'zoo-animal' })).toThrow('Did you mean\n  zoo-animal-get-animal')
    expect(() => find({ id: 'zoo-x', method: 'FEED', path: '/x' })).toThrow('Failed to read the method "FEED"')
    expect(() => find({ id: 'zoo-x', method: 'GET', path: 'x' })).toThrow('it begins with a slash')
    expect(() => find({ id: 'zoo-x', method: 'GET', path: '/remote.php/x' })).toThrow('defineRoute()')
  })
})

it.each([
  ['zoo-animal-get', '/apps/zoo/api/v1/animals/{id}', 'animals', 'get'],
  ['zoo-animal_api-list-all', '/cloud/zoo', 'zoo', 'list-all'],
  ['core-whats_new-get', '/core/whatsnew', 'whatsnew', 'get'],
  ['zoo:GET /apps/zoo/api/v1/directFeeding', '/apps/zoo/api/v1/directFeeding', 'direct-feeding', 'get-direct-feeding'],
  ['zoo:GET /index.php/apps/zoo/cages/{id}', '/index.php/apps/zoo/cages/{id}', 'cages', 'get-cages-by-id'],
])('%s belongs to %s', (id, path, resource, action) => {
  const app = id.split(/[-:]/)[0]!
  expect(namesOf({ id, app, method: 'GET', path })).toMatchObject({ resource, action })
})
