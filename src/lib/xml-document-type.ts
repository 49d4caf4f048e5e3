/** What a document's own entities stand for; what stands elsewhere, or holds markup, is nothing. */
export type Entities = ReadonlyMap<string, string>

const NAME = '[:_\\p{L}][-.:_·\\p{L}\\p{N}]*'
const LITERAL = `"[^"]*"|'[^']*'`
const OUTSIDE = `(?:SYSTEM\\s+(?:${LITERAL})|PUBLIC\\s+(?:${LITERAL})\\s+(?:${LITERAL}))`
const HEAD = new RegExp(`<!DOCTYPE\\s+${NAME}(?:\\s+${OUTSIDE})?\\s*`, 'uy')
const ENTITY = new RegExp(
  `<!ENTITY\\s+(%\\s+)?(${NAME})\\s+(?:(${LITERAL})|${OUTSIDE}(?:\\s+NDATA\\s+${NAME})?)\\s*>`,
  'uy',
)
const OTHER = new RegExp(`<!(?:ELEMENT|ATTLIST|NOTATION)\\s(?:[^<>"']|${LITERAL})*>`, 'uy')
const ASIDE = new RegExp(`\\s+|<!--(?:(?!-->)[^])*-->|<\\?(?:(?!\\?>)[^])*\\?>|%${NAME};`, 'uy')

/** The document type at a place: where it ends, and its entities; a text says what is wrong. */
export function documentTypeAt(text: string, start: number): { end: number; entities: Entities } | string {
  let at = start
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const entities = new Map<string, string>()
  if (!take(HEAD)) return 'xmlParseDocTypeDecl : no DOCTYPE name !'
  if (text[at] === '[') {
    at++
    while (at < text.length && text[at] !== ']') {
      if (take(ASIDE) ?? take(OTHER)) continue
      const entity = take(ENTITY)
      if (!entity) return 'internal error: xmlParseInternalSubset: error detected in Markup declaration'
      const [, isParameter, name = '', literal = ''] = entity
      if (isParameter === undefined && !entities.has(name)) entities.set(name, plain(literal.slice(1, -1)))
    }
    at++
    take(ASIDE)
  }
  return text[at] === '>' ? { end: at + 1, entities } : 'DOCTYPE improperly terminated'
}

const plain = (value: string) => (/[&<%]/.test(value) ? '' : value)
