import { expect, it } from 'vitest'
import { defineEndpoint, type Endpoint, s } from '#app/index.ts'
import { incomplete, untestedOutcomes } from '../../scripts/coverage/complete.ts'
import { declaredOutcomes, staleTested, testedFrom } from '../../scripts/coverage/tested.ts'

const getAnimal: Endpoint = defineEndpoint({
  id: 'zoo-animal-get',
  app: 'zoo',
  method: 'GET',
  path: '/apps/zoo/animal',
  access: 'user',
  summary: 'An animal',
  output: s.empty(),
  responses: { 404: s.empty() },
  failures: { 403: 'It sleeps' },
  handle: ({ ok }) => ok(),
})
const published = [{ id: getAnimal.id, documented: true }]
const judge = (notes: readonly string[], endpoints: readonly Endpoint[] = [getAnimal], notYet = {}) =>
  incomplete(published, endpoints, testedFrom(notes, endpoints), notYet)

it('knows what an operation says that it may answer', () => {
  expect(declaredOutcomes(getAnimal)).toEqual([200, 403, 404])
})

it('keeps declared outcomes of what tests saw, and any success as one', () => {
  expect(testedFrom(['zoo-animal-get 201', 'zoo-animal-get 997', 'zoo-animal-get 404'], [getAnimal])).toEqual({
    'zoo-animal-get': [200, 404],
  })
  expect(testedFrom(['zoo-animal-get 996'], [getAnimal])).toEqual({ 'zoo-animal-get': [996] })
  expect(testedFrom(['zoo-animal-get 997', 'other 200'], [getAnimal])).toEqual({})
})

it('misses what no test saw', () => {
  expect(untestedOutcomes(getAnimal, { 'zoo-animal-get': [404] })).toEqual([200, 403])
})

it('names a documented operation that is not answered, or not tested to its end', () => {
  expect(judge([], [])).toEqual(['zoo-animal-get is documented, and nothing in handlers/ answers it'])
  expect(judge(['zoo-animal-get 200'])).toEqual(['zoo-animal-get has no test in test/handlers/ that sees 403, 404'])
  const all = [200, 403, 404].map((status) => `zoo-animal-get ${status}`)
  expect(judge(all)).toEqual([])
})

it('has exceptions only as long as they are needed', () => {
  const notYet = { 'zoo-animal-get': 'the zoo is closed' }
  expect(judge([], [], notYet)).toEqual([])
  const all = [200, 403, 404].map((status) => `zoo-animal-get ${status}`)
  expect(judge(all, [getAnimal], notYet)).toEqual(['zoo-animal-get is implemented and tested: take it out of NOT_YET'])
  expect(judge(all, [getAnimal], { 'zoo-cage-get': 'no cages' })).toEqual([
    'zoo-cage-get is no documented operation: take it out of NOT_YET',
  ])
})

it('says how a file differs from what the tests see', () => {
  expect(staleTested({ a: [200], b: [200] }, { b: [200, 404], c: [200] })).toEqual([
    'a: spec/tested.json says 200, the tests see nothing',
    'b: spec/tested.json says 200, the tests see 200, 404',
    'c: spec/tested.json says nothing, the tests see 200',
  ])
})
