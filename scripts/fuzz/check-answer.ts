import { readXmlDocument } from '#lib/read-xml.ts'
import { type Answer, responseFromAnswer } from '#line/call.ts'

/** Characters that no XML may hold and that the real server writes all the same. */
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u

/** What is wrong with an answer, in words; `null`: it is what its type says. */
export function answerProblem(answer: Answer, method: string): string | null {
  const { status, headers, body, stream } = answer
  if (!Number.isInteger(status) || status < 200 || status > 599) return `the status ${status}`
  const named = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]))
  if (named.get('x-ocs-mock') === 'internal-error') return 'an internal error'
  const { body: _, ...bodiless } = answer
  for (const [name] of responseFromAnswer({ ...bodiless, body: '' }).headers)
    if (!/^[\w-]+$/.test(name)) return `the header ${JSON.stringify(name)}`
  if (method === 'HEAD' || stream || body.length === 0) return null
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const type = named.get('content-type') ?? ''
  try {
    if (/\bjson\b/.test(type)) JSON.parse(text)
    else if (/\bxml\b/.test(type) && text.startsWith('<?xml') && !NO_XML.test(text)) readXmlDocument(text)
  } catch (error) {
    return `${type} that is none (${error instanceof Error ? error.message : error}): ${text.slice(0, 300)}`
  }
  return null
}
