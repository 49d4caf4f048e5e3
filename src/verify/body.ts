import { parseStr } from '#lib/php-form.ts'
import { parseMultipart } from '#line/multipart.ts'

/**
 * What a body says, whatever it is written in: the parameters of JSON, a form or a multipart form, with files by name and
 * size; other texts as they are. No body says `{}`.
 */
export function parseBody(type: string, body: string): unknown {
  if (body === '') return {}
  if (/json/i.test(type)) {
    try {
      return JSON.parse(body) as unknown
    } catch {
      return body
    }
  }
  if (/^application\/x-www-form-urlencoded/i.test(type)) return parseStr(body)
  if (/^multipart\/form-data/i.test(type)) {
    const { fields, uploads } = parseMultipart(new TextEncoder().encode(body), type)
    const files = Object.entries(uploads).map(([name, { filename, bytes }]) => [name, `${filename}, ${bytes.length}`])
    return { ...fields, ...Object.fromEntries(files) }
  }
  return body
}

/** One text for values that are the same, in whatever order their members came. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}
