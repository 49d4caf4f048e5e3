import type { Answer, Call } from '#line/call.ts'

/** Origins whose pages may read what the server answers; `*`: all, without credentials of the browser. */
export type CorsOrigins = readonly string[]

/** What pages may read besides what they always may. */
const EXPOSED =
  'ETag, OC-ETag, OC-FileId, Location, Retry-After, X-OCS-Mock, X-OCS-Mock-Why, X-NC-Auth-NotConfirmed, X-Activity-First-Known, X-Activity-Last-Given, Link'
const METHODS =
  'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, PROPFIND, PROPPATCH, MKCOL, COPY, MOVE, REPORT, SEARCH, LOCK, UNLOCK'

/** What a browser asks before it sends a request of another origin; `null`: this is no such question, or not for us. */
export function preflight(call: Call, origins: CorsOrigins): Answer | null {
  if (call.method !== 'OPTIONS' || call.header('access-control-request-method') === '') return null
  const headers = allowOrigin(call, origins)
  if (headers.length === 0) return null
  const wanted = call.header('access-control-request-headers').replace(/[^\w\-, ]/g, '')
  const isPrivate = call.header('access-control-request-private-network') === 'true'
  return {
    status: 204,
    headers: [
      ...headers,
      ['Access-Control-Allow-Methods', METHODS],
      ...(wanted === '' ? [] : [['Access-Control-Allow-Headers', wanted] as const]),
      ...(isPrivate ? [['Access-Control-Allow-Private-Network', 'true'] as const] : []),
      ['Access-Control-Max-Age', '600'],
    ],
    body: '',
  }
}

/** An answer that pages of these origins may read. */
export function withCors(answer: Answer, call: Call, origins: CorsOrigins): Answer {
  const headers = allowOrigin(call, origins)
  if (headers.length === 0) return answer
  // Some answers of the product allow all origins by themselves, and two such headers are none.
  const own = answer.headers.filter(([name]) => !/^access-control-allow-/i.test(name))
  return { ...answer, headers: [...own, ...headers, ['Access-Control-Expose-Headers', EXPOSED]] }
}

function allowOrigin(call: Call, origins: CorsOrigins): Answer['headers'] {
  const origin = call.header('origin')
  if (origin === '') return []
  if (origins.includes(origin))
    return [
      ['Access-Control-Allow-Origin', origin],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Vary', 'Origin'],
    ]
  return origins.includes('*') ? [['Access-Control-Allow-Origin', '*']] : []
}
