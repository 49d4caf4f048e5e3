import { documentTypeAt, type Entities } from './xml-document-type.ts'

/** An element as it was written: prefixes are part of names. */
export interface XmlNode {
  readonly name: string
  /** As they were written, in their order. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlNode[]
  /** All text directly inside. */
  readonly text: string
}

/** A text is no well-formed document. The message has the words of libxml2, as far as they can be foreseen. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
  readonly line: number
  readonly column: number

  constructor(message: string, text: string, at: number) {
    super(message)
    const lines = text.slice(0, at).split('\n')
    this.line = lines.length
    this.column = lines.at(-1)!.length + 1
  }
}

/** How deep libxml2 reads; whatever walks elements that were read here needs no more stack than that. */
const MOST_LEVELS = 256
/** A name as XML 1.0 has it. */
export const XML_NAME =
  '[:A-Z_a-z\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}]' +
  '[-.\\d:A-Z_a-z\\xb7\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u203f\\u2040\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}]*'
const NAME = new RegExp(XML_NAME, 'uy')
const WHOLE_NAME = new RegExp(`^${XML_NAME}`, 'u')
const SPACE = /[ \t\r\n]*/y
const INVALID = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

interface OpenNode extends XmlNode {
  readonly children: OpenNode[]
  text: string
  readonly line: number
}

/**
 * The root element of a document, in time by its length. Entities of a document type are not expanded: in texts
 * they are nothing, as the real server's reader leaves them out.
 * @throws XmlError
 */
export function readXmlDocument(text: string): XmlNode {
  return new Reader(text).read()
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

class Reader {
  readonly #text: string
  #at = 0
  readonly #open: OpenNode[] = []
  #root: OpenNode | null = null
  #entities: Entities = new Map()

  constructor(text: string) {
    // Ends of lines are one character, whatever wrote them.
    this.#text = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  }

  read(): XmlNode {
    this.#prolog()
    while (this.#at < this.#text.length && (this.#open.length > 0 || !this.#root)) {
      if (this.#text[this.#at] === '<') this.#markup()
      else this.#characters()
    }
    const unfinished = this.#open.at(-1)
    if (unfinished)
      throw this.#wrong(`Premature end of data in tag ${localName(unfinished.name)} line ${unfinished.line}`)
    if (!this.#root) throw this.#wrong('Document is empty', 0)
    this.#misc()
    if (this.#at < this.#text.length) throw this.#wrong('Extra content at the end of the document')
    return this.#root
  }

  #prolog(): void {
    if (this.#text.trim() === '') throw this.#wrong('Document is empty', 0)
    if (/^<\?xml\s/.test(this.#text)) this.#skipTo('?>', 'ParsePI: PI xml never end ...')
    this.#misc()
    if (this.#text.startsWith('<!DOCTYPE', this.#at)) {
      const type = documentTypeAt(this.#text, this.#at)
      if (typeof type === 'string') throw this.#wrong(type)
      this.#entities = type.entities
      this.#at = type.end
      this.#misc()
    }
    if (this.#text[this.#at] !== '<') throw this.#wrong("Start tag expected, '<' not found")
  }

  /** White space, comments and instructions around the root. */
  #misc(): void {
    this.#space()
    while (this.#aside()) this.#space()
  }

  /** Skip a comment or an instruction; `false`: there is none. */
  #aside(): boolean {
    if (this.#text.startsWith('<!--', this.#at)) this.#comment()
    else if (this.#text.startsWith('<?', this.#at)) this.#instruction()
    else return false
    return true
  }

  #comment(): void {
    this.#at += '<!--'.length
    const hyphens = this.#text.indexOf('--', this.#at)
    if (hyphens >= 0 && this.#text[hyphens + 2] !== '>') throw this.#wrong('Double hyphen within comment', hyphens)
    this.#skipTo('-->', 'Comment not terminated')
  }

  #instruction(): void {
    this.#at += 2
    const target = this.#name()
    if (target === null) throw this.#wrong('xmlParsePI : no target name')
    if (target.toLowerCase() === 'xml') throw this.#wrong('XML declaration allowed only at the start of the document')
    if (!this.#text.startsWith('?>', this.#at) && !/\s/.test(this.#text[this.#at] ?? ''))
      throw this.#wrong(`ParsePI: PI ${target} space expected`)
    this.#skipTo('?>', `ParsePI: PI ${target} never end ...`)
  }

  #markup(): void {
    if (this.#text.startsWith('</', this.#at)) this.#endTag()
    else if (this.#open.length > 0 && this.#text.startsWith('<![CDATA[', this.#at)) this.#section()
    else if (!this.#aside()) this.#startTag()
  }

  #section(): void {
    const start = this.#at + '<![CDATA['.length
    const end = this.#text.indexOf(']]>', start)
    if (end < 0) throw this.#wrong('CData section not finished')
    this.#open.at(-1)!.text += this.#checked(this.#text.slice(start, end))
    this.#at = end + ']]>'.length
  }

  #characters(): void {
    const found = this.#text.indexOf('<', this.#at)
    const end = found < 0 ? this.#text.length : found
    const raw = this.#text.slice(this.#at, end)
    if (raw.includes(']]>')) throw this.#wrong("Sequence ']]>' not allowed in content")
    this.#open.at(-1)!.text += this.#expanded(this.#checked(raw), () => '')
    this.#at = end
  }

  #startTag(): void {
    const line = this.#line()
    this.#at++
    const name = this.#name()
    if (name === null) {
      const isInside = this.#open.length > 0
      throw this.#wrong(
        isInside ? 'internal error: detected an error in element content' : 'StartTag: invalid element name',
      )
    }
    const node: OpenNode = { name, attributes: this.#attributes(name, line), children: [], text: '', line }
    const parent = this.#open.at(-1)
    if (parent) parent.children.push(node)
    else this.#root = node
    if (this.#take('/>')) return
    if (!this.#take('>')) throw this.#wrong(`Couldn't find end of Start Tag ${name} line ${line}`)
    if (this.#open.push(node) > MOST_LEVELS)
      throw this.#wrong(`Excessive depth in document: ${MOST_LEVELS} use XML_PARSE_HUGE option`)
  }

  #attributes(element: string, line: number): Map<string, string> {
    const attributes = new Map<string, string>()
    for (;;) {
      const before = this.#at
      this.#space()
      if (this.#at >= this.#text.length || /[/>]/.test(this.#text[this.#at]!)) return attributes
      const name = before === this.#at ? null : this.#name()
      if (name === null) throw this.#wrong(`Couldn't find end of Start Tag ${element} line ${line}`)
      this.#space()
      if (!this.#take('=')) throw this.#wrong(`Specification mandates value for attribute ${name}`)
      this.#space()
      if (attributes.has(name)) throw this.#wrong(`Attribute ${name} redefined`)
      attributes.set(name, this.#value())
    }
  }

  #value(): string {
    const quote = this.#text[this.#at]
    if (quote !== '"' && quote !== "'") throw this.#wrong('AttValue: " or \' expected')
    const end = this.#text.indexOf(quote, this.#at + 1)
    if (end < 0) throw this.#wrong("AttValue: ' expected")
    const raw = this.#checked(this.#text.slice(this.#at + 1, end))
    if (raw.includes('<')) throw this.#wrong("Unescaped '<' not allowed in attributes values")
    const value = this.#expanded(raw.replace(/[\t\n]/g, ' '), (entity) => entity)
    this.#at = end + 1
    return value
  }

  #endTag(): void {
    const node = this.#open.pop()
    if (!node) throw this.#wrong('StartTag: invalid element name')
    this.#at += 2
    const name = this.#name()
    this.#space()
    if (name !== node.name || !this.#take('>'))
      throw this.#wrong(
        `Opening and ending tag mismatch: ${localName(node.name)} line ${node.line} and ${name ?? 'unparsable'}`,
      )
  }

  /** A text with what its references stand for. @param known what an entity of the document's type gives */
  #expanded(raw: string, known: (entity: string) => string): string {
    return raw.replace(/&([^;&<]*;?)/g, (_, reference: string) => {
      if (reference.startsWith('#')) return this.#character(reference)
      const name = WHOLE_NAME.exec(reference)?.[0]
      if (name === undefined) throw this.#wrong('xmlParseEntityRef: no name')
      if (reference !== `${name};`) throw this.#wrong("EntityRef: expecting ';'")
      const value = Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined
      if (value !== undefined) return value
      const entity = this.#entities.get(name)
      if (entity === undefined) throw this.#wrong(`Entity '${name}' not defined`)
      return known(entity)
    })
  }

  #character(reference: string): string {
    const found = /^#(?:x([\da-f]+)|(\d+));$/i.exec(reference)
    if (!found) throw this.#wrong('xmlParseCharRef: invalid decimal value')
    const code = found[1] === undefined ? Number(found[2]) : Number.parseInt(found[1], 16)
    const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    if (!isCharacter || INVALID.test(String.fromCodePoint(code)))
      throw this.#wrong(`xmlParseCharRef: invalid xmlChar value ${code}`)
    return String.fromCodePoint(code)
  }

  #checked(raw: string): string {
    const found = INVALID.exec(raw)
    if (found) throw this.#wrong(`PCDATA invalid Char value ${found[0].charCodeAt(0)}`)
    return raw
  }

  #name(): string | null {
    NAME.lastIndex = this.#at
    const found = NAME.exec(this.#text)?.[0] ?? null
    this.#at += found?.length ?? 0
    return found
  }

  #space(): void {
    SPACE.lastIndex = this.#at
    this.#at += SPACE.exec(this.#text)![0].length
  }

  #take(text: string): boolean {
    const found = this.#text.startsWith(text, this.#at)
    if (found) this.#at += text.length
    return found
  }

  #skipTo(end: string, message: string): void {
    const found = this.#text.indexOf(end, this.#at)
    if (found < 0) throw this.#wrong(message)
    this.#checked(this.#text.slice(this.#at, found))
    this.#at = found + end.length
  }

  #lineAt = { at: 0, line: 1 }

  /** Counted from the last one that was wanted, so that all lines are looked at once. */
  #line(): number {
    let { at, line } = this.#lineAt
    for (; at < this.#at; at++) if (this.#text[at] === '\n') line++
    this.#lineAt = { at, line }
    return line
  }

  #wrong(message: string, at = this.#at): XmlError {
    return new XmlError(message, this.#text, at)
  }
}
