import { describe, expect, it } from 'vitest'
import type { Answer } from '#line/call.ts'
import { encodeXml } from '#line/encode.ts'
import { compareAnswers } from '#verify/compare-answers.ts'
import { maskVolatile, VOLATILE } from '#verify/compare-values.ts'
import { decodeEnvelope } from '#verify/decode-answer.ts'

const META = { status: 'ok', statuscode: 200, message: 'OK' }
const xml = (body: string): Answer => ({
  status: 200,
  headers: [['Content-Type', 'application/xml; charset=utf-8']],
  body,
})
const compareData = (expected: Parameters<typeof encodeXml>[1], got: Parameters<typeof encodeXml>[1]) =>
  compareAnswers(xml(encodeXml(META, expected)), xml(encodeXml(META, got)))

describe('XML judged as XML', () => {
  it('does not mind indentation, quotes and how empty elements are written', () => {
    const got = `<?xml version='1.0'?><ocs><meta><status>ok</status><statuscode>200</statuscode><message>OK</message></meta><data><a/></data></ocs>`
    expect(compareAnswers(xml(encodeXml(META, { a: '' })), xml(got))).toEqual([])
  })

  it('names a lost element by its path', () => {
    const found = compareData({ id: 'alice', quota: { free: 1, used: 2 } }, { id: 'alice', quota: { free: 1 } })
    expect(found).toMatchObject([{ where: '/ocs/data/quota/used', got: 'missing', severity: 'breaks', rule: 'xml' }])
  })

  it('names a lost element in the middle of a list by its place', () => {
    const found = compareData({ users: ['a', 'b', 'c', 'd'] }, { users: ['a', 'c', 'd'] })
    expect(found).toMatchObject([{ where: '/ocs/data/users/element[2]', expected: '"b"', got: 'missing' }])
  })

  it('names every list item that has another text', () => {
    const found = compareData({ users: ['a', 'b', 'c'] }, { users: ['a', 'x', 'c'] })
    expect(found).toMatchObject([
      { where: '/ocs/data/users/element[2]', expected: '"b"', got: '"x"', severity: 'differs' },
    ])
  })

  it('tells true from text and escapes from their meaning', () => {
    expect(compareData({ on: true, text: '<a & "b">' }, { on: '1', text: '<a & "b">' })).toEqual([])
    expect(compareData({ on: true }, { on: 'true' })).toMatchObject([{ where: '/ocs/data/on' }])
  })

  it('leaves volatile values alone', () => {
    expect(compareData({ at: VOLATILE, id: 1 }, { at: '12:00', id: 1 })).toEqual([])
  })

  it('says where a document is broken', () => {
    const found = compareAnswers(xml(encodeXml(META, [])), xml('<?xml version="1.0"?>\n<ocs><meta></ocs>'))
    expect(found).toMatchObject([{ severity: 'breaks', rule: 'well-formed' }])
  })
})

describe('statuses and types', () => {
  const answer = (status: number, type: string): Answer => ({
    status,
    headers: [['Content-Type', type]],
    body: '{"ocs":{"meta":{},"data":[]}}',
  })

  it('takes another HTTP status for a break and another media type for a difference', () => {
    const found = compareAnswers(answer(200, 'application/json; charset=utf-8'), answer(404, 'text/html'))
    expect(found).toMatchObject([
      { where: 'status', expected: 'HTTP 200', got: 'HTTP 404', severity: 'breaks' },
      { where: 'header Content-Type', severity: 'differs' },
    ])
  })

  it('merely notes another charset, and not even another case or blank', () => {
    const json = answer(200, 'application/json; charset=utf-8')
    expect(compareAnswers(json, answer(200, 'application/json'))).toMatchObject([{ severity: 'noted' }])
    expect(compareAnswers(json, answer(200, 'application/json;charset=UTF-8'))).toEqual([])
  })
})

describe('decoding', () => {
  const decode = (data: string) =>
    decodeEnvelope({ status: 200, headers: [], body: `{"ocs":{"meta":{"statuscode":100},"data":${data}}}` })

  it('keeps the order of keys that are numbers', () => {
    const decoded = decode('{"b":1,"10":"\\"9\\":","2":3}')
    if (typeof decoded === 'string') expect.unreachable(decoded)
    else expect([...(decoded.data as Map<string, unknown>)].map(([key]) => key)).toEqual(['b', '10', '2'])
  })

  it('reads 100 as the success that it is', () => {
    expect(decode('[]')).toMatchObject({ status: 200, data: [] })
  })

  it('says what is wrong with a body that is no envelope', () => {
    expect(decodeEnvelope({ status: 200, headers: [], body: '{"a":1}' })).toBe('no OCS envelope')
    expect(decodeEnvelope({ status: 200, headers: [], body: '{"a":' })).toMatch(/^not well-formed JSON: /)
    expect(decodeEnvelope({ status: 200, headers: [], body: '<html>' })).toMatch(/^not well-formed JSON: /)
  })
})

describe('what is volatile', () => {
  it('is what a second answer says otherwise', () => {
    const masked = maskVolatile(
      { id: 1, at: 5, list: [{ n: 1 }, { n: 2 }] },
      { id: 1, at: 6, list: [{ n: 1 }, { n: 3 }] },
    )
    expect(masked).toEqual({ id: 1, at: VOLATILE, list: [{ n: 1 }, { n: VOLATILE }] })
  })

  it('is a whole list whose length changes', () => {
    expect(maskVolatile({ list: [1, 2] }, { list: [1] })).toEqual({ list: VOLATILE })
  })
})
