import { isJsonObject, type Json } from '#lib/json.ts'

/** What fits into a line stands in one, in characters. */
const LINE = 100

/** A document as a person reads it: short lists and objects in one line each. The same document gives the same text. */
export function formatJson(value: Json, indent = ''): string {
  const line = inLine(value)
  if (line.length + indent.length <= LINE || typeof value !== 'object' || value === null) return line
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const items = isJsonObject(value)
    ? Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${formatJson(item, inner)}`)
    : (value as readonly Json[]).map((item) => inner + formatJson(item, inner))
  return `${open}\n${items.join(',\n')}\n${indent}${close}`
}

function inLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inLine(item)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
