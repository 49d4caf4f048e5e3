/** Colours and options of a mark, as escape codes to switch them on and off. */
interface Style {
  readonly on: readonly number[]
  readonly off: readonly number[]
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']
const OPTIONS: Readonly<Record<string, Style>> = {
  bold: { on: [1], off: [22] },
  underscore: { on: [4], off: [24] },
  blink: { on: [5], off: [25] },
  reverse: { on: [7], off: [27] },
  conceal: { on: [8], off: [28] },
}

const NAMED: Readonly<Record<string, string>> = {
  error: 'fg=white;bg=red',
  info: 'fg=green',
  comment: 'fg=yellow',
  question: 'fg=black;bg=cyan',
}

/** An opening mark, a closing one with its name, or `</>`. */
const MARK = /<(?:([a-z](?:[^\\<>]|\\.)*)|\/([a-z][^<>]*)?)>/gi

/** Text with marks (`<info>done</info>`, `<fg=red;options=bold>`) as plain text, or with colours for a terminal. */
export function format(text: string, decorated: boolean): string {
  if (!text.includes('<')) return decorated ? text : unescapeMarks(text)
  const stack: { readonly mark: string; readonly style: Style }[] = []
  let out = ''
  let at = 0
  const add = (piece: string) => {
    out += decorated && stack.length > 0 ? colour(piece, stack.at(-1)!.style) : piece
  }
  for (const match of text.matchAll(MARK)) {
    if (match.index > 0 && text[match.index - 1] === '\\') continue
    add(text.slice(at, match.index))
    at = match.index + match[0].length
    const [whole, open, close] = match
    const style = styleOf(open ?? close ?? '')
    if (open === undefined && close === undefined) stack.pop()
    else if (!style) add(whole)
    else if (open !== undefined) stack.push({ mark: open, style })
    else {
      const opened = stack.findLastIndex(({ mark }) => mark === close)
      if (opened >= 0) stack.length = opened
    }
  }
  add(text.slice(at))
  return unescapeMarks(out)
}

const unescapeMarks = (text: string) => text.replaceAll('\0', '\\').replace(/\\([<>])/g, '$1')

/** Text in which no mark is read. */
export function escapeMarks(text: string): string {
  return text.replace(/([^\\]|^)([<>])/g, '$1\\$2').replace(/\\+$/, (slashes) => '\0'.repeat(slashes.length))
}

function colour(text: string, { on, off }: Style): string {
  if (text === '' || on.length === 0) return text
  return `\x1b[${on.join(';')}m${text}\x1b[${off.join(';')}m`
}

function styleOf(mark: string): Style | null {
  const text = NAMED[mark] ?? mark
  const on: number[] = []
  const off: number[] = []
  const parts = [...text.matchAll(/([^=]+)=([^;]+)(?:;|$)/g)]
  if (parts.length === 0) return null
  for (const [, key, value] of parts) {
    const style = stylePart(key!.toLowerCase(), value!.toLowerCase())
    if (!style) return null
    on.push(...style.on)
    off.push(...style.off)
  }
  return { on, off }
}

function stylePart(key: string, value: string): Style | null {
  switch (key) {
    case 'fg':
      return colourCode(value, 30)
    case 'bg':
      return colourCode(value, 40)
    case 'href':
      return { on: [], off: [] }
    case 'options': {
      const styles = value.split(',').map((name) => OPTIONS[name.trim()] ?? { on: [], off: [] })
      return { on: styles.flatMap(({ on }) => on), off: styles.flatMap(({ off }) => off) }
    }
    default:
      return null
  }
}

function colourCode(name: string, base: 30 | 40): Style {
  const bright = name.startsWith('bright-') ? 60 : 0
  const index = name === 'gray' ? 60 : COLOURS.indexOf(name.replace(/^bright-/, '')) + bright
  return name === 'default' || index < 0 ? { on: [], off: [] } : { on: [base + index], off: [base + 9] }
}
