import { badRequest } from '#line/dav-exit.ts'
import { xmlProblem } from './check-xml.ts'

/** An element of a request's body, with its namespaces resolved. */
export interface ReadElement {
  /** Clark notation. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly ReadElement[]
  /** All text directly inside. */
  readonly text: string
}

type Parsed = Readonly<Record<string, unknown>>

/**
 * The root element of a body.
 * @throws DavError 400 with the words of PHP's parser
 */
export async function readXml(text: string): Promise<ReadElement> {
  if (text === '') throw badRequest('The input element to parse is empty. Do not attempt to parse')
  const problem = xmlProblem(text)
  if (problem !== null) throw badRequest(problem)
  // Loaded when a body must be read, so that a start without one does not wait for it.
  const { XMLParser } = await import('fast-xml-parser')
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
  })
  const roots = (parser.parse(text) as Parsed[]).filter((node) => !('#text' in node))
  const root = roots[0] && toElement(roots[0], new Map([['', '']]))
  if (!root) throw badRequest('Document is empty\n on line 1, column 1')
  return root
}

function toElement(node: Parsed, outer: ReadonlyMap<string, string>): ReadElement {
  const rawAttributes = (node[':@'] ?? {}) as Record<string, string>
  const scope = new Map(outer)
  const attributes: Record<string, string> = {}
  for (const [key, value] of Object.entries(rawAttributes)) {
    if (key === 'xmlns') scope.set('', value)
    else if (key.startsWith('xmlns:')) scope.set(key.slice(6), value)
    else attributes[key] = value
  }
  const tag = Object.keys(node).find((key) => key !== ':@')!
  const inner = node[tag] as Parsed[]
  let text = ''
  const children: ReadElement[] = []
  for (const child of inner) {
    if ('#text' in child) text += String(child['#text'])
    else children.push(toElement(child, scope))
  }
  const colon = tag.indexOf(':')
  const [prefix, local] = colon < 0 ? ['', tag] : [tag.slice(0, colon), tag.slice(colon + 1)]
  return { name: `{${scope.get(prefix) ?? ''}}${local}`, attributes, children, text }
}

/** The first child with a name. */
export function childOf(element: ReadElement, name: string): ReadElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** All children with a name. */
export function childrenOf(element: ReadElement, name: string): ReadElement[] {
  return element.children.filter((child) => child.name === name)
}
