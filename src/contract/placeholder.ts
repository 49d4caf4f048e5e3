/** `${name}` or `${name: form}`, as contracts write what is another value each time. */
export const placeholder = (name: string, form = ''): string => `\${${name}${form === '' ? '' : `: ${form}`}}`

export interface Placeholder {
  readonly name: string
  readonly form: string
}

const PLACEHOLDER = /\$\{([^{}:$]+)(?:: ([^{}]*))?\}/g

/** A text that means itself: what looks like a placeholder is none. */
export const literal = (text: string): string => text.replaceAll('${', '$${')

/** The parts of a text, in their order: what stands there, and what stands for something else. */
export function partsOf(text: string): (string | Placeholder)[] {
  if (!text.includes('${')) return [text]
  const parts: (string | Placeholder)[] = []
  let end = 0
  for (const found of text.matchAll(PLACEHOLDER)) {
    if (text[found.index - 1] === '$') continue
    parts.push(unescaped(text.slice(end, found.index)), { name: found[1]!, form: found[2] ?? '' })
    end = found.index + found[0].length
  }
  parts.push(unescaped(text.slice(end)))
  return parts.filter((part) => part !== '')
}

const unescaped = (text: string) => text.replaceAll('$${', '${')

/** The placeholder that a text is, if it is one and nothing else. */
export function placeholderOf(text: string): Placeholder | null {
  const [only, ...more] = partsOf(text)
  return typeof only === 'object' && more.length === 0 ? only : null
}
