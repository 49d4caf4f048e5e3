import type { CommandContext } from './command.ts'
import { textWidth } from './text-width.ts'

/** A text in a block of its own, as wide as the terminal: ` [ERROR] Unknown user <nobody>`. */
export function writeBlock(context: CommandContext, label: string, text: string): void {
  context.output.raw('\n')
  writeBlockBelow(context, label, text)
}

/** The same, where what stands above it already ended with an empty line. */
export function writeBlockBelow({ output, columns }: CommandContext, label: string, text: string): void {
  const line = ` [${label}] ${text}`
  output.raw(`${line}${' '.repeat(Math.max(0, Math.min(columns, 120) - textWidth(line)))}\n\n`)
}

/** Draw a table without sides, its rows between lines of dashes. */
export function writeStyledTable(
  { output }: CommandContext,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = headers.map((_, i) => Math.max(...[headers, ...rows].map((row) => textWidth(row[i] ?? ''))))
  const border = ` ${widths.map((width) => '-'.repeat(width + 2)).join(' ')} `
  const draw = (row: readonly string[]) =>
    ` ${widths.map((width, i) => ` ${row[i] ?? ''}${' '.repeat(width - textWidth(row[i] ?? ''))} `).join(' ')} `
  output.raw(
    [border, draw(headers), border, ...(rows.length === 0 ? [] : [...rows.map(draw), border]), '', ''].join('\n'),
  )
}

/** A line of its own, underlined twice. */
export const writeTitle = ({ output }: CommandContext, text: string): void => output.raw(`\n${underlined(text, '=')}`)

/** A line of its own, underlined. */
export const writeSection = ({ output }: CommandContext, text: string): void => output.raw(underlined(text, '-'))

const underlined = (text: string, mark: string) => `${text}\n${mark.repeat(textWidth(text))}\n\n`
