import { expect, it } from 'vitest'
import { differences, type Json } from '../../scripts/published/differences.ts'
import { differencesOf } from '../../scripts/published/documents.ts'

const DOCUMENT: Json = {
  components: {
    schemas: {
      Base: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
      Animal: {
        allOf: [
          { $ref: '#/components/schemas/Base' },
          {
            type: 'object',
            required: ['name'],
            properties: {
              name: { type: 'string' },
              food: { type: 'string', nullable: true, enum: ['hay', 'fish'] },
              ages: { type: 'object', additionalProperties: { type: 'number' } },
              keeper: { oneOf: [{ type: 'string' }, { type: 'object', properties: { id: { type: 'string' } } }] },
            },
          },
        ],
      },
    },
  },
}
const ANIMAL: Json = { $ref: '#/components/schemas/Animal' }
const show = (value: unknown, schema: Json = ANIMAL) =>
  differences(schema, value, DOCUMENT).map(({ at, should, is }) => `${at}: ${should}, ${is}`)

it('finds nothing in what is as described', () => {
  expect(show({ id: 1, name: 'Leo', food: null, ages: { old: 1.5 }, keeper: { id: 'a' } })).toEqual([])
  expect(show({ id: 1, name: 'Leo', food: 'hay', ages: [], keeper: 'a' })).toEqual([])
})

it('finds what is missing, is too much, or is of another kind', () => {
  expect(show({ id: '1', color: 'red' })).toEqual([
    '/name: present, missing',
    '/id: integer, string',
    '/color: absent, string',
  ])
  expect(show({ id: 1, name: 'Leo', food: 'cake', ages: { old: 'very' } })).toEqual([
    '/food: one of ["hay","fish"], string',
    '/ages/*: number, string',
  ])
  expect(show([])).toEqual([': object, empty array'])
})

it('calls every item of a list the same, and takes the nearest of several choices', () => {
  expect(
    show(
      [
        { id: 1, name: 'a', keeper: { id: 5 } },
        { id: 2, name: null },
      ],
      { type: 'array', items: ANIMAL },
    ),
  ).toEqual(['/*/keeper/id: string, integer', '/*/name: string, null'])
})

it('compares the data of an answer with what is said of its status', () => {
  const answers = (schema: object) => ({
    content: { 'application/json': { schema: { properties: { ocs: { properties: { data: schema } } } } } },
  })
  const published = {
    access: 'user' as const,
    input: [],
    output: '',
    failures: [],
    document: DOCUMENT,
    responses: { 200: answers(ANIMAL), 404: answers({ type: 'string' }) },
  }
  const body = (statuscode: number, data: unknown) => JSON.stringify({ ocs: { meta: { statuscode }, data } })
  expect(differencesOf(published, body(100, { id: 1 }), 200)).toEqual([
    { at: '/ocs/data/name', should: 'present', is: 'missing' },
  ])
  expect(differencesOf(published, body(404, []), 404)).toEqual([
    { at: '/ocs/data', should: 'string', is: 'empty array' },
  ])
  expect(differencesOf(published, body(500, []), 500)).toEqual([])
  expect(differencesOf(published, '{"message":"CSRF check failed"}', 200)).toEqual([])
  expect(differencesOf(published, '<?xml version="1.0"?>', 200)).toEqual([])
})
