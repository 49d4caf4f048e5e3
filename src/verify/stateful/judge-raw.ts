import type { Answer } from '#line/call.ts'
import { compareAnswers } from '../compare-answers.ts'
import type { Difference } from '../compare-values.ts'
import { headerOf, parseXml, textOf, type XmlElement } from '../decode-answer.ts'
import type { Correspondence } from './correspondence.ts'

/** An answer outside of OCS against the model's. */
export function judgeRaw(model: Answer, got: Answer, same: Correspondence): Difference[] {
  const expected = normalise(model, got, same)
  return compareAnswers(expected, normalise(got, undefined, same)).map((difference) =>
    difference.rule === 'content-type' ? difference : { ...difference, rule: 'state' },
  )
}

/** A WebDAV answer with its responses in the order of their addresses, and in the words of the server. */
function normalise(answer: Answer, got: Answer | undefined, same: Correspondence): Answer {
  const text = textOf(answer)
  const status = { status: answer.status, headers: [['content-type', headerOf(answer, 'content-type')] as const] }
  if (!text.trimStart().startsWith('<?xml')) return { ...status, body: text }
  const root = parseXml(text)
  if (typeof root === 'string') return { ...status, body: text }
  const twin = got && parseXml(textOf(got))
  const sorted = inOrder(root)
  if (got === undefined) return { ...status, body: write(sorted) }
  return {
    ...status,
    body: write(same.translateXml(sorted, typeof twin === 'object' ? inOrder(twin) : undefined)),
  }
}

const addressOf = ({ children }: XmlElement) => children.find(({ name }) => name === 'd:href')?.text ?? ''
const statusOf = ({ children }: XmlElement) => children.find(({ name }) => name === 'd:status')?.text ?? ''

/** Neither the order of responses nor that of properties says anything. */
function inOrder(element: XmlElement): XmlElement {
  const children = element.children.map(inOrder)
  if (element.name === 'd:multistatus') children.sort((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1))
  if (element.name === 'd:prop') children.sort((a, b) => (a.name < b.name ? -1 : 1))
  if (element.name === 'd:response') children.sort((a, b) => (statusOf(a) < statusOf(b) ? -1 : 1))
  return { ...element, attributes: {}, children }
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function write(root: XmlElement): string {
  const inner = ({ name, text, children }: XmlElement): string =>
    `<${name}>${children.length > 0 ? children.map(inner).join('') : escapeXml(text)}</${name}>`
  return `<?xml version="1.0"?>${inner(root)}`
}
