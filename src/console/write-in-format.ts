import type { PhpValue } from '#lib/php.ts'
import type { CommandContext } from './command.ts'
import { phpJson, phpJsonPretty } from './php-json.ts'
import { renderTable, type TableRow } from './table.ts'

type Items = readonly PhpValue[] | Readonly<Record<string, PhpValue>> | ReadonlyMap<string | number, PhpValue>

/** Write a list or record as `--output` asks: as lines with dashes, or as JSON. */
export function writeArray(context: CommandContext, items: Items, prefix = '  - ', isList = false): void {
  if (writeJson(context, items as PhpValue)) return
  for (const [key, item] of entriesOf(items)) {
    if (isContainer(item)) {
      context.output.writeln(`${prefix}${key}:`)
      writeArray(context, item, `  ${prefix}`, isList)
    } else if (typeof key === 'string' || isList) {
      const text = plain(item)
      context.output.writeln(text === null ? `${prefix}${key}` : `${prefix}${key}: ${text}`)
    } else context.output.writeln(`${prefix}${plain(item) ?? ''}`)
  }
}

/** Write any value: containers as lines without dashes, the rest as it is. */
export function writeMixed(context: CommandContext, value: PhpValue): void {
  if (isContainer(value)) writeArray(context, value, '')
  else if (!writeJson(context, value)) context.output.writeln(plain(value) ?? 'null')
}

/**
 * Write rows as a table, with the keys of the first as headers, or as JSON.
 * @param keys of the rows in JSON, where some of a list were left out
 */
export function writeTable(
  context: CommandContext,
  rows: readonly Readonly<Record<string, PhpValue>>[],
  keys: readonly number[] = [],
): void {
  const isList = keys.every((key, i) => key === i)
  if (writeJson(context, isList ? rows : new Map(rows.map((row, i) => [keys[i]!, row])))) return
  const headers = Object.keys(rows[0] ?? {})
  renderTable(context.output, headers, rows.map((row) => Object.values(row)) as TableRow[])
}

/** Write rows one by one, as a table or as JSON with a row a line. */
export function writeRows(context: CommandContext, rows: readonly Readonly<Record<string, PhpValue>>[]): void {
  const outputFormat = context.input.value('output')
  if (outputFormat !== 'json' && outputFormat !== 'json_pretty') {
    writeTable(context, rows)
    return
  }
  const encode = outputFormat === 'json' ? phpJson : phpJsonPretty
  context.output.raw(`[\n${rows.map((row) => encode(row)).join(',\n')}\n]\n`)
}

/** Whether `--output` asked for JSON, which then is written. */
function writeJson({ input, output }: CommandContext, value: PhpValue): boolean {
  const outputFormat = input.value('output')
  if (outputFormat === 'json') output.writeln(phpJson(value))
  else if (outputFormat === 'json_pretty') output.writeln(phpJsonPretty(value))
  else return false
  return true
}

function entriesOf(items: Items): Iterable<[string | number, PhpValue]> {
  if (Array.isArray(items)) return items.entries()
  if (items instanceof Map) return items
  return Object.entries(items).map(([key, item]) => [/^(?:0|-?[1-9]\d*)$/.test(key) ? Number(key) : key, item])
}

const isContainer = (value: PhpValue): value is Items & PhpValue => typeof value === 'object' && value !== null

/** A value as text; `null` for null. */
function plain(value: PhpValue): string | null {
  if (value === null || value === undefined) return null
  return String(value)
}
