const GAP = '  '

/**
 * Rows as columns beside each other. Where a terminal is too narrow for that, each row is its first two texts in a line,
 * and all others below them.
 * @param width in characters; without it, as wide as they are
 */
export function columns(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string {
  const count = Math.max(0, ...rows.map(({ length }) => length))
  const widths = Array.from({ length: count }, (_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  const total = widths.reduce((sum, one) => sum + one, GAP.length * (count - 1))
  const lines = rows.flatMap((row) => {
    if (total <= width) return [row.map((text, i) => text.padEnd(widths[i]!)).join(GAP)]
    const [first = '', second = '', ...others] = row
    return [`${first.padEnd(widths[0]!)}${GAP}${second}`, ...others.map((text) => `    ${text}`)]
  })
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}
