/**
 * Whether a text is like a pattern of SQL: `%` stands for any text, `_` for any character, and case does not count.
 * It takes time by the length of the text times that of the pattern at most.
 */
export function isLike(text: string, pattern: string): boolean {
  const [found, wanted] = [[...text.toLowerCase()], [...pattern.toLowerCase()]]
  let at = 0
  let next = 0
  /** Where the last `%` is, and what of the text it stands for so far ends. */
  let [any, anyEnd] = [-1, 0]
  while (at < found.length) {
    if (wanted[next] === '%') [any, anyEnd] = [next++, at]
    else if (next < wanted.length && (wanted[next] === '_' || wanted[next] === found[at])) {
      at++
      next++
    } else if (any >= 0) [next, at] = [any + 1, ++anyEnd]
    else return false
  }
  return wanted.slice(next).every((char) => char === '%')
}
