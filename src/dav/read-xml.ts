import { readXmlDocument, XmlError, type XmlNode } from '#lib/read-xml.ts'
import { badRequest } from '#line/dav-exit.ts'
import { xmlProblem } from './check-xml.ts'

/** An element of a request's body, with its namespaces resolved. */
export interface ReadElement {
  /** Clark notation. */
  readonly name: string
  /** Those that declare no namespace, as they were written. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly ReadElement[]
  /** All text directly inside. */
  readonly text: string
}

/**
 * The root element of a body.
 * @throws DavError 400 with the words of PHP's parser, as far as they can be foreseen
 */
export function readXml(text: string): ReadElement {
  if (text === '') throw badRequest('The input element to parse is empty. Do not attempt to parse')
  const problem = xmlProblem(text)
  if (problem !== null) throw badRequest(problem)
  try {
    return withNamespaces(readXmlDocument(text), new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]))
  } catch (error) {
    if (error instanceof XmlError) throw badRequest(atPlace(error.message, error.line, error.column))
    throw error
  }
}

const atPlace = (message: string, line: number, column: number) => `${message}\n on line ${line}, column ${column}`

function withNamespaces(node: XmlNode, outer: ReadonlyMap<string, string>): ReadElement {
  const declared = [...node.attributes].filter(([key]) => isDeclaration(key))
  checkNamespace(node.attributes.get('xmlns') ?? '')
  const empty = declared.find(([key, uri]) => key !== 'xmlns' && uri === '')
  if (empty) throw badRequest(atPlace(`${empty[0]}: Empty XML namespace is not allowed`, 1, 1))
  const scope =
    declared.length === 0 ? outer : new Map([...outer, ...declared.map(([key, uri]) => [key.slice(6), uri] as const)])
  const [prefix, local] = split(node.name)
  checkPrefix(prefix, `on ${local}`, scope)
  for (const key of node.attributes.keys()) {
    const [ofAttribute, name] = split(key)
    if (!isDeclaration(key)) checkPrefix(ofAttribute, `for ${name} on ${local}`, scope)
  }
  return {
    name: `{${scope.get(prefix) ?? ''}}${local}`,
    attributes: Object.fromEntries([...node.attributes].filter(([key]) => !isDeclaration(key))),
    children: node.children.map((child) => withNamespaces(child, scope)),
    text: node.text,
  }
}

/** A namespace for names without a prefix has to be a whole address. */
function checkNamespace(uri: string): void {
  if (/[\s<>"{}|\\^`]/.test(uri)) throw badRequest(atPlace(`xmlns: '${uri}' is not a valid URI`, 1, 1))
  if (uri !== '' && !/^[a-z][a-z\d+.-]*:/i.test(uri))
    throw badRequest(atPlace(`xmlns: URI ${uri} is not absolute`, 1, 1))
}

function checkPrefix(prefix: string, where: string, scope: ReadonlyMap<string, string>): void {
  if (prefix !== '' && !scope.get(prefix))
    throw badRequest(atPlace(`Namespace prefix ${prefix} ${where} is not defined`, 1, 1))
}

const isDeclaration = (attribute: string) => attribute === 'xmlns' || attribute.startsWith('xmlns:')

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':')
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

/** The first child with a name. */
export function childOf(element: ReadElement, name: string): ReadElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** All children with a name. */
export function childrenOf(element: ReadElement, name: string): ReadElement[] {
  return element.children.filter((child) => child.name === name)
}
