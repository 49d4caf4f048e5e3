import { UserError } from '#lib/errors.ts'

/** Words of a command line that was written as one text: blanks separate, quotes and backslashes keep together. */
export function tokenize(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!
    if (char === '\\' && i + 1 < line.length && escapes(quote, line[i + 1]!)) word = (word ?? '') + line[++i]
    else if (quote !== '') {
      if (char === quote) quote = ''
      else word += char
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + char
  }
  if (quote !== '') throw new UserError(`Failed to read the command line: a ${quote} is not closed in: ${line}`)
  if (word !== null) words.push(word)
  return words
}

/** A backslash is just a backslash in single quotes, and in double ones before most characters. */
const escapes = (quote: string, next: string) => quote === '' || (quote === '"' && /["\\$`]/.test(next))
