/** Characters that no name of a file may have on some system. */
const ILLEGAL = /[*|/\\:"<>?]/g
const MOST = 100

/** A text as the name of a folder or file. */
export const safePath = (text: string): string =>
  text
    .replace(ILLEGAL, '')
    .replace(/^[. ]+/gm, '')
    .trim()

/** The title that a note gets: the first line, without what Markdown says by signs (Notes 6.0.2). */
export function safeTitle(text: string): string {
  const plain = text
    .replace(/^\s*[*+-]\s+/gm, '')
    .replace(/^#+\s+(.*?)\s*#*$/gm, '$1')
    .replace(/^(?:=+|-+)$/gm, '')
    .replace(/(\*+|_+)(.*?)\1/gm, '$2')
  const [first = ''] = safePath(plain).split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
  const title = [...first.trim()].slice(0, MOST).join('')
  return title === '' || title === '0' ? 'New note' : title
}
