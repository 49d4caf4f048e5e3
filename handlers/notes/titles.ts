/** Characters that no name of a file may have on some system. */
const ILLEGAL = /[*|/\\:"<>?]/g
const MOST = 100

/** A text as the name of a folder or file. */
export const safePath = (text: string): string =>
  text
    .replace(ILLEGAL, '')
    .replace(/^[. ]+/gm, '')
    .trim()

/** A text as the title of a note: its first line, without what the name of a file cannot have (Notes 6.0.2, asked). */
export function safeTitle(text: string): string {
  const [first = ''] = safePath(text).split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
  const title = [...first.trim().replace(/\s/gu, ' ')].slice(0, MOST).join('')
  return title === '' || title === '0' ? 'New note' : title
}

/** A content without what Markdown says by signs. */
export const withoutMarkdown = (content: string): string =>
  content
    .replace(/^\s*[*+-]\s+/gm, '')
    .replace(/^#+\s+(.*?)\s*#*$/gm, '$1')
    .replace(/^(?:=+|-+)$/gm, '')
    .replace(/(\*+|_+)(.*?)\1/gm, '$2')

/** The title that a note gets from its content. */
export const titleFrom = (content: string): string => safeTitle(withoutMarkdown(content))
