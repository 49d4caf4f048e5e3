/** Why a text is no XML, and the index where PHP's parser notices. */
interface Fault {
  readonly message: string
  readonly at: number
}

class Malformed extends Error {
  readonly fault: Fault
  constructor(message: string, at: number) {
    super(message)
    this.fault = { message, at }
  }
}

interface OpenTag {
  /** As it is written, with its prefix. */
  readonly name: string
  readonly line: number
  readonly prefixes: ReadonlySet<string>
}

const EXTRA = 'Extra content at the end of the document'
const NAME = /[\p{L}_:][\p{L}\p{N}\p{M}_:.·-]*/uy
const BLANKS = /[ \t\r\n]*/y
const KNOWN_ENTITIES = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])
/** PHP's parser needs so many bytes to see what it has before it. */
const LEAST = 4

/**
 * The first mistake of a document in the words of libxml, with its line and column; `null`: it is well-formed.
 * Source: Nextcloud 34.0.1 with PHP 8.2, asked.
 */
export function xmlProblem(text: string): string | null {
  if (text.length < LEAST) return told(text, { message: EXTRA, at: 0 })
  if (!text.trimStart().startsWith('<')) return told(text, { message: 'Document is empty', at: 0 })
  try {
    new Scanner(text).document()
    return null
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return told(text, error.fault)
  }
}

function told(text: string, { message, at }: Fault): string {
  const before = text.slice(0, at)
  return `${message}\n on line ${lineOf(before)}, column ${at - before.lastIndexOf('\n')}`
}

const lineOf = (before: string) => before.split('\n').length

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

class Scanner {
  readonly #text: string
  #at = 0
  #hasEntities = false

  constructor(text: string) {
    this.#text = text
  }

  document(): void {
    if (/^<\?xml[ \t\r\n]/.test(this.#text)) this.#skipTo('?>', 'Blank needed here')
    this.#misc()
    if (this.#at >= this.#text.length) this.#fail(EXTRA)
    this.#element()
    this.#misc()
    if (this.#at < this.#text.length) this.#fail(EXTRA)
  }

  #fail(message: string, at = this.#at): never {
    throw new Malformed(message, at)
  }

  #sees(start: string): boolean {
    return this.#text.startsWith(start, this.#at)
  }

  #skipTo(end: string, otherwise: string): void {
    const found = this.#text.indexOf(end, this.#at)
    if (found < 0) this.#fail(otherwise, this.#text.length)
    this.#at = found + end.length
  }

  /** The rest of a pattern from here on. */
  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  /** What may stand around the root. */
  #misc(): void {
    for (;;) {
      this.#take(BLANKS)
      if (this.#sees('<!DOCTYPE')) this.#doctype()
      else if (!this.#aside()) return
    }
  }

  #doctype(): void {
    this.#hasEntities = true
    if (!/^<!DOCTYPE\s+[^\s[>]/.test(this.#text.slice(this.#at))) {
      const after = this.#at + '<!DOCTYPE'.length
      this.#fail('xmlParseDocTypeDecl : no DOCTYPE name !', after)
    }
    const found = /<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>/y
    if (this.#take(found) === '') this.#fail('DOCTYPE improperly terminated', this.#text.length)
  }

  /** A comment or an instruction; whether there was one. */
  #aside(): boolean {
    if (this.#sees('<!--')) this.#skipTo('-->', 'Comment not terminated')
    else if (/^<\?xml[? \t\r\n]/i.test(this.#text.slice(this.#at, this.#at + 6)))
      this.#fail('XML declaration allowed only at the start of the document', this.#at + 5)
    else if (this.#sees('<?')) this.#skipTo('?>', 'ParsePI: PI never end ...')
    else return false
    return true
  }

  /** The root with everything in it, without recursion: nothing is too deep. */
  #element(): void {
    const open: OpenTag[] = []
    do {
      if (this.#at >= this.#text.length) this.#fail(EXTRA)
      const closes = this.#sees('</') ? open.pop() : undefined
      if (closes) this.#endTag(closes)
      else if (this.#sees('<![CDATA[')) this.#skipTo(']]>', EXTRA)
      else if (open.length > 0 && this.#aside()) continue
      else if (this.#sees('<')) this.#startTag(open)
      else this.#characters()
    } while (open.length > 0)
  }

  #characters(): void {
    const char = this.#text[this.#at]
    if (char === '&') this.#reference()
    else if (this.#sees(']]>')) this.#fail("Sequence ']]>' not allowed in content")
    else this.#at++
  }

  #reference(): void {
    this.#at++
    if (this.#take(/#(?:x[\da-f]+|\d+);/iy) !== '') return
    const name = this.#take(NAME)
    if (name === '') this.#fail('xmlParseEntityRef: no name')
    if (!this.#sees(';')) this.#fail("EntityRef: expecting ';'")
    this.#at++
    if (!this.#hasEntities && !KNOWN_ENTITIES.has(name)) this.#fail(`Entity '${name}' not defined`)
  }

  #startTag(open: OpenTag[]): void {
    this.#at++
    const name = this.#take(NAME)
    if (name === '') this.#fail('StartTag: invalid element name')
    const line = lineOf(this.#text.slice(0, this.#at))
    const afterName = this.#at
    const attributes = this.#attributes()
    const prefixes = new Set(open.at(-1)?.prefixes ?? ['xml'])
    for (const one of attributes) if (one.startsWith('xmlns:')) prefixes.add(one.slice(6))
    const [prefix] = name.includes(':') ? name.split(':') : [null]
    if (prefix !== null && !prefixes.has(prefix!))
      this.#fail(`Namespace prefix ${prefix} on ${localName(name)} is not defined`, afterName)
    if (this.#sees('/>')) {
      this.#at += 2
      return
    }
    if (!this.#sees('>')) this.#fail(`Couldn't find end of Start Tag ${localName(name)}`)
    this.#at++
    open.push({ name, line, prefixes })
  }

  #attributes(): Set<string> {
    const names = new Set<string>()
    for (;;) {
      const blanks = this.#take(BLANKS)
      const start = this.#at
      const name = this.#take(NAME)
      const isAtEnd = name === ''
      if (names.size > 0 && blanks === '' && !this.#isTagEnd(start)) this.#fail('attributes construct error', start)
      if (isAtEnd) return names
      this.#take(BLANKS)
      if (!this.#sees('=')) this.#fail(`Specification mandates value for attribute ${name}`)
      this.#at++
      this.#take(BLANKS)
      this.#attributeValue()
      if (names.has(name)) this.#fail(`Attribute ${name} redefined`)
      names.add(name)
    }
  }

  #isTagEnd(at: number): boolean {
    return this.#text.startsWith('>', at) || this.#text.startsWith('/>', at)
  }

  #attributeValue(): void {
    const quote = this.#text[this.#at]
    if (quote !== '"' && quote !== "'") this.#fail('AttValue: " or \' expected')
    this.#at++
    while (this.#text[this.#at] !== quote) {
      if (this.#at >= this.#text.length) this.#fail("AttValue: ' expected")
      if (this.#sees('<')) this.#fail("Unescaped '<' not allowed in attributes values")
      if (this.#sees('&')) this.#reference()
      else this.#at++
    }
    this.#at++
  }

  #endTag(tag: OpenTag): void {
    this.#at += 2
    const name = this.#take(NAME)
    this.#take(BLANKS)
    if (!this.#sees('>')) this.#fail("expected '>'")
    this.#at++
    if (name !== tag.name) {
      this.#fail(`Opening and ending tag mismatch: ${localName(tag.name)} line ${tag.line} and ${localName(name)}`)
    }
  }
}
