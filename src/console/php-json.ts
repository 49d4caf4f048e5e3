import { EMPTY_OBJECT, type PhpValue } from '#lib/php.ts'

/** A value as PHP's `json_encode` writes it without flags: escaped slashes, ASCII only. */
export function phpJson(value: PhpValue): string {
  return write(value, '', '', '')
}

/** The same with JSON_PRETTY_PRINT: four blanks a level. */
export function phpJsonPretty(value: PhpValue): string {
  return write(value, '\n', '    ', ' ')
}

function write(value: PhpValue, newline: string, unit: string, blank: string): string {
  if (value === undefined || value === null) return 'null'
  if (value === EMPTY_OBJECT) return '{}'
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object') return String(value)
  const inner = newline === '' ? '' : newline + unit
  const list = (items: readonly string[], open: string, close: string) =>
    items.length === 0 ? '[]' : `${open}${inner}${items.join(`,${inner}`)}${newline}${close}`
  if (Array.isArray(value))
    return list(
      value.map((item) => write(item, inner, unit, blank)),
      '[',
      ']',
    )
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  const members = entries
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${quote(String(key))}:${blank}${write(member as PhpValue, inner, unit, blank)}`)
  return list(members, '{', '}')
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[/\u007f-\uffff]/g, (char) =>
    char === '/' ? '\\/' : char === '\u007f' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
