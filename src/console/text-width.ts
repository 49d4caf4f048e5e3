/** Ranges of code points that take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const COMBINING = /\p{M}/u

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  // Nearly all text here is ASCII, one column a character.
  if (/^[\0-\x7f]*$/.test(text)) return text.length
  let width = 0
  for (const char of text) width += COMBINING.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return width
}

/** Pad with blanks on the right to a number of columns. */
export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** Cut into pieces of at most so many columns; if there are several, all are padded to it. */
export function splitByWidth(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const char of text) {
    if (textWidth(line + char) > width) {
      lines.push(padToWidth(line, width))
      line = ''
    }
    line += char
  }
  lines.push(lines.length > 0 ? padToWidth(line, width) : line)
  return lines
}
