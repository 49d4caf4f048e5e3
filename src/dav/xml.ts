/**
 * XML as a WebDAV server writes it. Names are in Clark notation: `{DAV:}getetag`.
 */

import { untilNul } from '#line/encode.ts'

/** An element. No content is `<x/>`, an empty text `<x></x>`; the real server tells `null` from `''` so. */
export interface XmlElement {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly content?: string | readonly XmlElement[]
}

export const DAV = 'DAV:'
export const SABRE = 'http://sabredav.org/ns'
export const OC = 'http://owncloud.org/ns'
export const NC = 'http://nextcloud.org/ns'

export const d = (name: string): string => `{${DAV}}${name}`
export const oc = (name: string): string => `{${OC}}${name}`
export const nc = (name: string): string => `{${NC}}${name}`

/** Namespaces that a root element declares, with their prefixes. */
export type Namespaces = ReadonlyMap<string, string>

const BARE_NAMESPACES = [
  [DAV, 'd'],
  [SABRE, 's'],
] as const

/** Those of a server without the product's additions. */
export const DAV_NAMESPACES: Namespaces = new Map(BARE_NAMESPACES)
/** Those of the servers for files. */
export const FILES_NAMESPACES: Namespaces = new Map([...BARE_NAMESPACES, [OC, 'oc'], [NC, 'nc']])

export function element(name: string, content?: string | readonly XmlElement[]): XmlElement {
  return content === undefined ? { name } : { name, content }
}

/** `{DAV:}getetag` in its two parts. */
export function splitName(name: string): [namespace: string, local: string] {
  const end = name.indexOf('}')
  return [name.slice(1, end), name.slice(end + 1)]
}

/**
 * A document with the bytes of PHP's XMLWriter. Namespaces that the root does not declare get the
 * prefixes `x1`, `x2` … in the order of their first use, declared on every element that has one.
 * @param indent what one level is indented by; without it everything is on one line
 */
export function writeXml(root: XmlElement, namespaces: Namespaces, indent = ''): string {
  const writer = new Writer(namespaces, indent)
  return `<?xml version="1.0"?>\n${writer.write(root, '', true)}${indent === '' ? '\n' : ''}`
}

class Writer {
  readonly #indent: string
  readonly #declared: Namespaces
  readonly #prefixes: Map<string, string>
  #unknown = 0

  constructor(namespaces: Namespaces, indent: string) {
    this.#declared = namespaces
    this.#prefixes = new Map(namespaces)
    this.#indent = indent
  }

  write({ name, attributes = {}, content }: XmlElement, before: string, root = false): string {
    const [namespace, local] = splitName(name)
    // A name without a namespace has no prefix, and takes none from around it.
    const prefix = namespace === '' ? '' : this.#prefix(namespace)
    const tag = prefix === '' ? local : `${prefix}:${local}`
    let open = `${before}<${tag}`
    for (const [key, value] of Object.entries(attributes)) open += ` ${key}="${escapeXml(value)}"`
    if (root) for (const [uri, declared] of this.#declared) open += ` xmlns:${declared}="${uri}"`
    else if (!this.#declared.has(namespace))
      open += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeXml(namespace)}"`
    const end = this.#indent === '' ? '' : '\n'
    if (typeof content === 'string') return `${open}>${escapeXml(content)}</${tag}>${end}`
    if (content === undefined || content.length === 0) return `${open}/>${end}`
    let inner = ''
    for (const child of content) inner += this.write(child, before + this.#indent)
    return `${open}>${end}${inner}${this.#indent === '' ? '' : before}</${tag}>${end}`
  }

  #prefix(namespace: string): string {
    let prefix = this.#prefixes.get(namespace)
    if (prefix === undefined) {
      prefix = `x${++this.#unknown}`
      this.#prefixes.set(namespace, prefix)
    }
    return prefix
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

export function escapeXml(text: string): string {
  return /[&<>"\r\0]/.test(text) ? untilNul(text).replace(/[&<>"\r]/g, (char) => ESCAPES[char]!) : text
}
