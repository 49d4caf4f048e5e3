import { describe, expect, it } from 'vitest'
import { Control } from './support.ts'

const OCS = { 'ocs-apirequest': 'true', authorization: `Basic ${btoa('admin:admin')}` }

async function asked(): Promise<Control> {
  const control = new Control()
  await control.answer('GET', '/status.php')
  await control.answer('GET', '/ocs/v2.php/config?format=json&x[]=1', { headers: OCS })
  await control.answer('POST', '/ocs/v2.php/no/such', {
    headers: { ...OCS, 'content-type': 'application/json' },
    json: { a: { b: [1, 2] }, c: 3 },
  })
  await control.answer('PUT', '/ocs/v2.php/no/such', {
    headers: { ...OCS, 'content-type': 'application/x-www-form-urlencoded' },
    text: 'key=value&list[]=1',
  })
  return control
}

describe('the journal', () => {
  it('has what was asked and answered, oldest first', async () => {
    const { body } = await (await asked()).ask('GET', '/requests')
    expect(body.total).toBe(4)
    expect(body.requests[0]).toMatchObject({ id: 1, method: 'GET', path: '/status.php', actor: null, status: 200 })
    expect(body.requests[2]).toMatchObject({
      actor: 'admin',
      contentType: 'application/json',
      body: '{"a":{"b":[1,2]},"c":3}',
      bodySize: 23,
      outcome: 'unknown-route',
    })
  })

  it('gives the last ones alone', async () => {
    const control = await asked()
    const { body } = await control.ask('GET', '/requests?limit=1')
    expect(body.requests.map(({ id }: { id: number }) => id)).toEqual([4])
    expect((await control.ask('GET', '/requests?limit=many')).status).toBe(400)
  })

  it('has requests that nothing answered', async () => {
    const { body } = await (await asked()).ask('GET', '/requests/unmatched')
    expect(body.requests.map(({ method }: { method: string }) => method)).toEqual(['POST', 'PUT'])
  })

  it('is cleared', async () => {
    const control = await asked()
    await control.ask('DELETE', '/requests')
    expect((await control.ask('GET', '/requests')).body).toEqual({ requests: [], total: 0, limit: 1000 })
  })

  it.each([
    [{}, 4],
    [{ method: 'GET' }, 2],
    [{ path: '/status.php' }, 1],
    [{ pathPattern: '^/ocs/v[12]' }, 3],
    [{ actor: null }, 1],
    [{ actor: 'admin', method: 'PUT' }, 1],
    [{ operation: 'core-ocs-get-config' }, 1],
    [{ outcome: 'unknown-route' }, 2],
    [{ status: 404 }, 2],
    [{ query: { format: 'json' } }, 1],
    [{ query: { x: ['1'] } }, 1],
    [{ query: { x: ['1', '2'] } }, 0],
    [{ body: { c: 3 } }, 1],
    [{ body: { a: { b: [1, 2] } } }, 1],
    [{ body: { a: { b: [1] } } }, 0],
    [{ body: { key: 'value', list: ['1'] } }, 1],
    [{ body: 'key=value&list[]=1' }, 1],
    [{ body: null }, 2],
  ])('counts requests that match %j', async (json, count) => {
    const control = await asked()
    expect((await control.ask('POST', '/requests/count', { json })).body).toEqual({ count })
    expect((await control.ask('POST', '/requests/find', { json })).body.requests).toHaveLength(count)
  })

  it.each([
    [{ url: '/x' }, '"url" is unknown'],
    [{ pathPattern: '(' }, 'Invalid regular expression'],
    [{ method: 1 }, '"method" is not a text'],
    [{ status: '200' }, '"status" is not a number'],
    [{ query: 'a=1' }, '"query" is not an object'],
  ])('says what is wrong with %j', async (json, problem) => {
    const { status, body } = await (await asked()).ask('POST', '/requests/count', { json })
    expect(status).toBe(400)
    expect(body.error).toContain(problem)
  })
})
