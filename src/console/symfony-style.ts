import type { CommandContext } from './command.ts'
import { textWidth } from './text-width.ts'

/** A text in a block of its own, as wide as the terminal: ` [ERROR] Unknown user <nobody>`. */
export function writeBlock({ output, columns }: CommandContext, label: string, text: string): void {
  const line = ` [${label}] ${text}`
  output.raw(`\n${line}${' '.repeat(Math.max(0, Math.min(columns, 120) - textWidth(line)))}\n\n`)
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
  output.raw([border, draw(headers), border, ...rows.map(draw), border, '', ''].join('\n'))
}
