import type { RequestInfo } from '#line/endpoint.ts'

/** The `Link` header to the next page, which is always one of v2, with the bytes of PHP's `http_build_query`. */
export function nextPageLink(request: RequestInfo, path: string, query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one, i) => [`${name}[${i}]`, one] as const) : [[name, value] as const],
  )
  const text = pairs.map(([name, value]) => `${encode(name)}=${encode(String(value))}`).join('&')
  return `<${request.baseUrl}/ocs/v2.php${path}?${text}>; rel="next"`
}

const encode = (text: string) =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*~]/g, (char) => (char === '~' ? char : `%${char.charCodeAt(0).toString(16).toUpperCase()}`))
