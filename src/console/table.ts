import type { Output } from './output.ts'
import { format } from './output-formatter.ts'
import { textWidth } from './text-width.ts'

/** A row of cells, or a line between rows. */
export type TableRow = readonly (string | number | boolean | null | undefined)[] | 'separator'

/** Draw a table with borders of `+`, `-` and `|`; cells may have several lines. Without rows and headers, nothing. */
export function renderTable(output: Output, headers: readonly string[], rows: readonly TableRow[]): void {
  const head = headers.length > 0 ? splitRow(headers) : []
  const body = rows.map((row) => (row === 'separator' ? row : splitRow(row)))
  const lines = [...head, ...body.flatMap((row) => (row === 'separator' ? [] : row))]
  const columns = Math.max(0, ...lines.map((line) => line.length))
  if (columns === 0) return
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(0, ...lines.map((line) => textWidth(format(line[i] ?? '', false)))),
  )
  const border = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`
  const draw = (line: readonly string[], mark?: string) => {
    const cells = widths.map((width, i) => {
      const cell = line[i] ?? ''
      const padded = ` ${cell}${' '.repeat(width - textWidth(format(cell, false)))} `
      return mark ? `<${mark}>${padded}</${mark}>` : padded
    })
    output.writeln(`|${cells.join('|')}|`)
  }
  if (head.length > 0) output.writeln(border)
  for (const line of head) draw(line, 'info')
  if (body.length > 0) output.writeln(border)
  for (const row of body) {
    if (row === 'separator') output.writeln(border)
    else for (const line of row) draw(line)
  }
  output.writeln(border)
}

/** The lines of a row: as many as its cell with the most lines. */
function splitRow(row: Exclude<TableRow, 'separator'>): string[][] {
  const cells = row.map((cell) => cellText(cell).split(/\r?\n/))
  const height = Math.max(1, ...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, i) => cells.map((lines) => lines[i] ?? ''))
}

/** PHP's cast to string. */
const cellText = (cell: unknown): string =>
  cell === null || cell === undefined || cell === false ? '' : cell === true ? '1' : String(cell)
