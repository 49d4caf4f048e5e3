import { describe, expect, it } from 'vitest'
import { type Endpoint, p, type Result } from '#app/index.ts'
import type { Finding } from '#verify/finding.ts'
import { verify } from '#verify/verify.ts'
import { compositionOf } from '../support/catalogue.ts'
import { LOGINS, openSmallCloud, smallCloud } from '../support/small-cloud.ts'

type Wire = { status: number; type: string; body: string }
/** A fault on the wire: what becomes of an answer. */
type Spoil = (wire: Wire, request: Request) => Partial<Wire> | undefined

interface Fault {
  readonly name: string
  /** Replaces the data or status of an operation. */
  readonly data?: [operation: string, change: (result: Result, input: Record<string, unknown>) => Result]
  /** Replaces parts of an operation's definition on the server, not in the judge. */
  readonly definition?: [operation: string, change: Partial<Endpoint>]
  readonly wire?: Spoil
  /** The one finding. */
  readonly found: Partial<Finding>
}

const ofPerson = (request: Request, id = '') => new URL(request.url).pathname.endsWith(`/cloud/users/${id}`)
const isXml = ({ body }: Wire) => body.startsWith('<?xml')
const isV1 = (request: Request) => request.url.includes('/v1.php/')
const withData = (result: Result, change: Record<string, unknown>): Result => {
  const data = { ...(result.data as Record<string, unknown>), ...change }
  for (const key of Object.keys(change)) if (change[key] === undefined) delete data[key]
  return { ...result, data: data as Result['data'] }
}

const FAULTS: readonly Fault[] = [
  {
    name: 'a missing member',
    data: ['small-person', (result) => withData(result, { displayname: undefined })],
    found: {
      operation: 'small-person',
      where: '/ocs/data/displayname',
      got: 'missing',
      severity: 'breaks',
      rule: 'schema',
    },
  },
  {
    name: 'a missing member further down',
    data: ['small-person', (result) => withData(result, { quota: { free: 1 } })],
    found: { operation: 'small-person', where: '/ocs/data/quota/used', got: 'missing', severity: 'breaks' },
  },
  {
    name: 'a number as a string',
    data: ['small-person', (result) => withData(result, { quota: { free: '100', used: 31 } })],
    found: { where: '/ocs/data/quota/free', expected: 'integer', got: 'string "100"', severity: 'breaks' },
  },
  {
    name: 'an object where a list should be',
    data: ['small-people', (result) => withData(result, { users: { a: 'admin' } })],
    found: { operation: 'small-people', where: '/ocs/data/users', expected: 'array', severity: 'breaks' },
  },
  {
    name: 'a wrong type inside a list',
    data: ['small-person', (result) => withData(result, { tags: ['a', 1, 'c'] })],
    found: { operation: 'small-person', where: '/ocs/data/tags/1', expected: 'string', severity: 'breaks' },
  },
  {
    name: 'null where a value should be',
    data: ['small-person', (result) => withData(result, { enabled: null })],
    found: { where: '/ocs/data/enabled', expected: 'boolean', got: 'null', severity: 'breaks' },
  },
  {
    name: 'a member that nobody documented',
    data: ['small-person', (result) => withData(result, { shoeSize: 44 })],
    found: { where: '/ocs/data/shoeSize', expected: 'absent', severity: 'differs' },
  },
  {
    name: 'a search that is not made',
    data: [
      'small-people',
      (result, { search, limit }) =>
        search === '' || limit === 1 ? result : { ...result, data: { users: ['admin', 'alice', 'bob', 'carol'] } },
    ],
    found: { operation: 'small-people', where: '/ocs/data/users', severity: 'breaks' },
  },
  {
    name: 'XML that lost an element',
    wire: (wire, request) =>
      isXml(wire) && ofPerson(request, 'admin') ? { body: wire.body.replace(/ *<used>.*<\/used>\n/, '') } : undefined,
    found: {
      operation: 'small-person',
      where: '/ocs/data/quota/used',
      got: 'missing',
      severity: 'breaks',
      rule: 'xml',
    },
  },
  {
    name: 'XML that lost an item of a list',
    wire: (wire, request) =>
      isXml(wire) && ofPerson(request, 'admin')
        ? { body: wire.body.replace(/ *<element>b<\/element>\n/, '') }
        : undefined,
    found: { where: '/ocs/data/tags/element[2]', expected: '"b"', got: 'missing', rule: 'xml' },
  },
  {
    name: 'XML that writes booleans as words',
    wire: (wire) => (isXml(wire) ? { body: wire.body.replace('<enabled>1<', '<enabled>true<') } : undefined),
    found: { operation: 'small-person', where: '/ocs/data/enabled', expected: '"1"', got: '"true"', rule: 'xml' },
  },
  {
    name: 'XML that is not well-formed',
    wire: (wire, request) =>
      isXml(wire) && ofPerson(request, 'admin') ? { body: wire.body.replace('</quota>', '') } : undefined,
    found: { operation: 'small-person', where: '', severity: 'breaks', rule: 'well-formed' },
  },
  {
    name: 'JSON that ends too early',
    wire: (wire, request) =>
      !isXml(wire) && ofPerson(request, 'admin') && isV1(request) ? { body: wire.body.slice(0, -9) } : undefined,
    found: { operation: 'small-person', where: '', severity: 'breaks', rule: 'well-formed' },
  },
  {
    name: 'a wrong OCS status on v1 only',
    wire: (wire, request) =>
      isV1(request) && ofPerson(request, 'admin')
        ? { body: wire.body.replace(/(statuscode"?[:>])100/, '$1200') }
        : undefined,
    found: { operation: 'small-person', where: '/ocs/meta/statuscode', expected: '100', got: '200', rule: 'envelope' },
  },
  {
    name: 'a wrong HTTP status on v1 only',
    wire: (wire, request) => (isV1(request) && wire.body.includes('>404<') ? { status: 404 } : undefined),
    found: { operation: 'small-person', where: 'status', expected: 'HTTP 200', got: 'HTTP 404', rule: 'http-status' },
  },
  {
    name: 'a failure on v1 only',
    wire: (wire, request) =>
      isV1(request) && wire.status === 200 && !isXml(wire) && ofPerson(request, 'admin')
        ? {
            body: '{"ocs":{"meta":{"status":"failure","statuscode":404,"message":"User does not exist","totalitems":"","itemsperpage":""},"data":[]}}',
          }
        : undefined,
    found: {
      operation: 'small-person',
      where: '/ocs/meta/statuscode',
      got: '404 User does not exist',
      rule: 'versions-agree',
    },
  },
  {
    name: 'other data in v1 than in v2',
    wire: (wire, request) =>
      isV1(request) && !isXml(wire) ? { body: wire.body.replace('The admin', 'THE ADMIN') } : undefined,
    found: { operation: 'small-person', where: '/ocs/data/displayname', got: '"THE ADMIN"', rule: 'versions-agree' },
  },
  {
    name: 'v1 without its paging members',
    wire: (wire, request) =>
      isV1(request) && !isXml(wire) && ofPerson(request, 'admin')
        ? { body: wire.body.replace(',"totalitems":""', '') }
        : undefined,
    found: { where: '/ocs/meta/totalitems', got: 'missing', severity: 'breaks', rule: 'envelope' },
  },
  {
    name: 'data without credentials',
    definition: ['small-people', { access: 'public', csrf: false }],
    found: {
      operation: 'small-people',
      rule: 'access',
      severity: 'breaks',
      got: '200 OK',
    },
  },
  {
    name: 'data of administrators for everybody who is logged in',
    definition: ['small-people', { access: 'user' }],
    found: {
      operation: 'small-people',
      rule: 'access',
      expected: '403 Logged in account must be an admin',
      got: '200 OK',
    },
  },
  {
    name: 'an administrator who may not',
    data: ['small-people', () => ({ status: 403, data: [], message: 'No' })],
    found: { operation: 'small-people', rule: 'access' },
  },
  {
    name: 'a changed failure code',
    data: [
      'small-person',
      (result, { userId }) => (userId === 'ocsmock-unknown' ? { status: 400, data: [], message: 'Never' } : result),
    ],
    found: {
      operation: 'small-person',
      where: '/ocs/meta/statuscode',
      expected: '404 User does not exist',
      got: '400 Never',
      rule: 'failure',
    },
  },
  {
    name: 'a failure code that is not declared, for what does not exist',
    data: [
      'small-person',
      (result, { userId }) => (userId === 'ocsmock-unknown' ? { status: 409, data: [], message: 'Never' } : result),
    ],
    found: {
      operation: 'small-person',
      where: '/ocs/meta/statuscode',
      expected: '404 User does not exist',
      got: '409 Never',
      severity: 'breaks',
      rule: 'failure',
    },
  },
  {
    name: 'a success for what does not exist',
    data: [
      'small-person',
      (_, { userId }) => ({
        status: 200,
        data: { id: String(userId), displayname: '', enabled: true, quota: { free: 1, used: 1 }, tags: [] },
      }),
    ],
    found: { operation: 'small-person', expected: '404 User does not exist', got: '200 OK', rule: 'failure' },
  },
  {
    name: 'an ignored limit',
    data: [
      'small-people',
      (result, { limit }) => (limit === 1 ? withData(result, { users: ['admin', 'alice', 'bob'] }) : result),
    ],
    found: { operation: 'small-people', where: '/ocs/data/users', expected: 'at most 1', got: '3', rule: 'limit' },
  },
  {
    name: 'an unknown parameter that changes the answer',
    wire: (wire, request) =>
      request.url.includes('ocsmockUnknown') && ofPerson(request, 'admin')
        ? { body: wire.body.replace('"used":31', '"used":32') }
        : undefined,
    found: { operation: 'small-person', where: '/ocs/data/quota/used', rule: 'unknown-parameter' },
  },
  {
    name: 'a list for a text, taken without a word',
    definition: ['small-people', { input: { limit: p.limit().orNull() } }],
    found: { operation: 'small-people', where: 'parameter search', rule: 'input' },
  },
  {
    name: 'JSON that calls itself HTML',
    wire: (wire, request) => (!isXml(wire) && ofPerson(request, 'admin') ? { type: 'text/html' } : undefined),
    found: { operation: 'small-person', where: 'header Content-Type', severity: 'differs', rule: 'content-type' },
  },
  {
    name: 'a crash',
    data: ['small-people', () => ({ status: 996, data: [], message: 'Internal Server Error' })],
    found: { operation: 'small-people', where: '/ocs/meta/statuscode', severity: 'breaks', rule: 'server-error' },
  },
  {
    name: 'a failure that is not declared',
    data: ['small-people', () => ({ status: 418, data: [], message: 'I am a teapot' })],
    found: { operation: 'small-people', got: '418 I am a teapot', severity: 'differs', rule: 'failure' },
  },
  {
    name: 'a route that is gone',
    wire: (_, request) =>
      request.url.includes('/open') ? { status: 404, type: 'text/html', body: '<html>' } : undefined,
    found: { operation: 'small-open', where: '', severity: 'breaks', rule: 'well-formed' },
  },
  {
    name: 'unknown routes that answer something',
    wire: (_, request) =>
      request.url.includes('ocsmock/unknown') ? { status: 404, type: 'text/html', body: '<html>' } : undefined,
    found: { operation: 'protocol', rule: 'route', severity: 'breaks' },
  },
  {
    name: 'a request that anybody could have forged',
    definition: ['small-me', { csrf: false }],
    found: {
      operation: 'protocol',
      where: 'status',
      rule: 'access',
      seen: ['admin v2 json', 'admin v1 json', 'admin v2 xml', 'admin v1 xml'],
    },
  },
]

async function findingsOf({ data, definition, wire }: Partial<Fault>): Promise<readonly Finding[]> {
  const faulty = smallCloud
    .filter((endpoint) => endpoint.id === (data ?? definition)?.[0])
    .map((endpoint): Endpoint => {
      if (definition) return { ...endpoint, ...definition[1] }
      return {
        ...endpoint,
        failures: { ...endpoint.failures, 404: 'User does not exist' },
        handle: async (args) => {
          const wrong = (result: Result) => data![1](result, args.input)
          try {
            return wrong(await endpoint.handle(args))
          } catch (error) {
            const changed = wrong({ status: 404, data: [], message: 'User does not exist' })
            if (changed.status === 404) throw error
            return changed
          }
        },
      }
    })
  const cloud = openSmallCloud(...faulty)
  const { findings } = await verify({
    url: 'https://cloud.example.com',
    logins: LOGINS,
    catalogue: compositionOf(smallCloud).catalogue,
    fetch: (input, init) => spoil(cloud.fetch, wire, input, init),
  })
  return findings
}

async function spoil(fetch: typeof globalThis.fetch, wire: Spoil | undefined, ...args: Parameters<typeof fetch>) {
  const request = new Request(...args)
  const response = await fetch(request.clone())
  const is: Wire = {
    status: response.status,
    type: response.headers.get('Content-Type') ?? '',
    body: await response.text(),
  }
  const changed = { ...is, ...wire?.(is, request) }
  const headers = new Headers(response.headers)
  headers.set('Content-Type', changed.type)
  const body = changed.status === 304 ? null : changed.body
  return new Response(body, { status: changed.status, headers })
}

describe('a server that conforms', () => {
  it('has no findings', async () => {
    expect(await findingsOf({})).toEqual([])
  })
})

describe('what is not found a second time', () => {
  it('is noted, where a server failed once', async () => {
    let hasFailed = false
    const findings = await findingsOf({
      wire: (_, request) => {
        if (hasFailed || !ofPerson(request, 'admin')) return undefined
        hasFailed = true
        const meta = { status: 'failure', statuscode: 500, message: '' }
        return { status: 500, body: JSON.stringify({ ocs: { meta, data: [] } }) }
      },
    })
    expect(findings.map(({ severity, got }) => [severity, got])).toContainEqual(['noted', '500, once'])
    expect(findings.filter(({ severity }) => severity !== 'noted')).toEqual([])
  })

  it('is nothing, where a value changes by itself', async () => {
    let hasChanged = false
    const findings = await findingsOf({
      wire: (wire, request) => {
        if (hasChanged || !isXml(wire) || !ofPerson(request, 'admin')) return undefined
        hasChanged = true
        return { body: wire.body.replace(/<used>\d+</, '<used>32<') }
      },
    })
    expect([hasChanged, findings]).toEqual([true, []])
  })
})

describe('a server with one fault has one finding, in the right place', () => {
  it.each(FAULTS)('$name', async (fault) => {
    const findings = await findingsOf(fault)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject(fault.found)
  })
})
