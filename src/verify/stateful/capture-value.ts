import type { Answer } from '#line/call.ts'
import { decodeEnvelope, decodePlain, headerOf, parseXml, plain, textOf, type XmlElement } from '../decode-answer.ts'

/**
 * A value of an answer: `/0/id` of its data in JSON or XML, `header NAME` (of a link its last segment), or
 * `element NAME`, the first of that name in its XML. `undefined`: it is not there.
 */
export function capture(answer: Answer, place: string): string | undefined {
  const [kind, name = ''] = place.split(' ')
  if (kind === 'header') return headerOf(answer, name).split('/').at(-1) || undefined
  if (kind === 'element') return textAt(answer, (root) => findElement(root, name))
  const keys = place.split('/').slice(1)
  const isJson = headerOf(answer, 'content-type').startsWith('application/json')
  const envelope = decodeEnvelope(answer)
  const decoded = typeof envelope === 'string' && isJson ? decodePlain(answer) : envelope
  if (typeof decoded === 'string') return undefined
  if (decoded.data === undefined) return textAt(answer, (root) => descend(root, ['data', ...keys]))
  let value: unknown = plain(decoded.data)
  for (const key of keys) value = (value as Record<string, unknown> | null | undefined)?.[key]
  return value === undefined || value === null ? undefined : String(value)
}

function textAt(answer: Answer, find: (root: XmlElement) => XmlElement | undefined): string | undefined {
  const root = parseXml(textOf(answer))
  return typeof root === 'string' ? undefined : find(root)?.text
}

/** Items of lists are elements of one name. */
function descend(element: XmlElement, keys: readonly string[]): XmlElement | undefined {
  const [key, ...rest] = keys
  if (key === undefined) return element
  const child = /^\d+$/.test(key)
    ? element.children[Number(key)]
    : element.children.find((candidate) => candidate.name === key)
  return child && descend(child, rest)
}

function findElement(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element
  for (const child of element.children) {
    const found = findElement(child, name)
    if (found) return found
  }
  return undefined
}
