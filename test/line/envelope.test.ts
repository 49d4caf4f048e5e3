import { describe, expect, it } from 'vitest'
import { envelopeV1, envelopeV2 } from '#line/envelope.ts'

const outcome = (status: number, more = {}) => ({ status, message: 'why', data: [], ...more })

describe('v1', () => {
  it('says HTTP 200 to everything but 997', () => {
    expect([200, 102, 404, 996, 998].map((status) => envelopeV1(outcome(status)).httpStatus)).toEqual(
      Array(5).fill(200),
    )
    expect(envelopeV1(outcome(997)).httpStatus).toBe(401)
  })

  it('calls success 100 and always has the paging members, as text', () => {
    expect(envelopeV1(outcome(200, { totalItems: 3 })).meta).toEqual({
      status: 'ok',
      statuscode: 100,
      message: 'OK',
      totalitems: '3',
      itemsperpage: '',
    })
  })

  it('counts other successes as failures', () => {
    expect(envelopeV1(outcome(201)).meta).toMatchObject({ status: 'failure', statuscode: 201, message: 'why' })
  })
})

describe('v2', () => {
  it.each([
    [200, 200],
    [201, 201],
    [404, 404],
    [101, 400],
    [997, 401],
    [998, 404],
    [996, 500],
    [999, 500],
    [700, 400],
  ])('projects %i on HTTP %i', (status, http) => expect(envelopeV2(outcome(status)).httpStatus).toBe(http))

  it('has paging members only where they are set, as numbers', () => {
    expect(envelopeV2(outcome(200)).meta).toEqual({ status: 'ok', statuscode: 200, message: 'OK' })
    expect(envelopeV2(outcome(200, { totalItems: 3, itemsPerPage: 2 })).meta).toMatchObject({
      totalitems: 3,
      itemsperpage: 2,
    })
  })
})
