import { expect, it } from 'vitest'
import { defineEndpoint, type Endpoint, s } from '#app/index.ts'
import { incomplete, untestedOutcomes } from '../../scripts/coverage/complete.ts'
import { declaredOutcomes, staleTested, testedFrom } from '../../scripts/coverage/tested.ts'
import { missedWays, nameOfWay, WAYS_IN } from '../../scripts/coverage/ways.ts'

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
const seen = (...statuses: readonly number[]) =>
  statuses.map((status) => ({ operation: getAnimal.id, status, way: 'direct v2 json' }))
const judge = (statuses: readonly number[], endpoints: readonly Endpoint[] = [getAnimal], notYet = {}) =>
  incomplete(published, endpoints, testedFrom(seen(...statuses), endpoints), notYet)

it('knows what an operation says that it may answer', () => {
  expect(declaredOutcomes(getAnimal)).toEqual([200, 403, 404])
})

it('keeps declared outcomes of what tests saw, and any success as one', () => {
  expect(testedFrom(seen(201, 997, 404), [getAnimal])).toEqual({
    'zoo-animal-get': [200, 404],
  })
  expect(testedFrom(seen(996), [getAnimal])).toEqual({ 'zoo-animal-get': [996] })
  expect(testedFrom([...seen(997), { operation: 'other', status: 200 }], [getAnimal])).toEqual({})
})

it('misses what no test saw', () => {
  expect(untestedOutcomes(getAnimal, { 'zoo-animal-get': [404] })).toEqual([200, 403])
})

it('names a documented operation that is not answered, or not tested to its end', () => {
  expect(judge([], [])).toEqual(['zoo-animal-get is documented, and nothing in handlers/ answers it'])
  expect(judge([200])).toEqual(['zoo-animal-get has no test in test/handlers/ that sees 403, 404'])
  const all = [200, 403, 404]
  expect(judge(all)).toEqual([])
})

it('has exceptions only as long as they are needed', () => {
  const notYet = { 'zoo-animal-get': 'the zoo is closed' }
  expect(judge([], [], notYet)).toEqual([])
  const all = [200, 403, 404]
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

it('names a documented operation that has not succeeded by each way in', () => {
  const byAll = WAYS_IN.map((way) => ({ operation: 'zoo-animal-get', status: 200, way: nameOfWay(way) }))
  expect(byAll.map(({ way }) => way)).toEqual([
    ...['direct v1 json', 'direct v1 xml', 'direct v2 json', 'direct v2 xml'],
    ...['MSW v1 json', 'MSW v1 xml', 'MSW v2 json', 'MSW v2 xml'],
    ...['server v1 json', 'server v1 xml', 'server v2 json', 'server v2 xml'],
  ])
  expect(missedWays(byAll, published)).toEqual([])
  const failed = { operation: 'zoo-animal-get', status: 404, way: 'MSW v1 xml' }
  const notByOne = [...byAll.filter(({ way }) => way !== 'MSW v1 xml'), failed]
  expect(missedWays(notByOne, published)).toEqual([
    'zoo-animal-get has no test that sees it succeed by MSW v1 xml: let one go way.inEveryWay',
  ])
  expect(missedWays([{ ...failed, status: 200, way: null }], published)).toEqual([
    'zoo-animal-get has no test that sees it succeed by any way in: let one go way.inEveryWay',
  ])
  expect(missedWays([], [{ id: 'zoo-animal-get' }])).toEqual([])
  const broken = byAll.map((outcome) => ({ ...outcome, operation: 'files-conversion_api-convert', status: 400 }))
  expect(missedWays(broken, [{ id: 'files-conversion_api-convert', documented: true }])).toEqual([])
})
