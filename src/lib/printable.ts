/** Characters that a terminal obeys, that reorder a line, or that no document may hold. */
const UNSEEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/gu

/** A text of somebody else as reports and terminals may show it: what is not seen, or does something, stands as its code. */
export const printable = (text: string): string =>
  text.replace(UNSEEN, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`).replaceAll('\n', '\\n')

/** The same on the lines that it has. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')
