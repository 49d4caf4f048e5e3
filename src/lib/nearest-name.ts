/** How many characters have to be added, removed or replaced to make one text of another. */
export function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}

/** The one of some names that was probably meant; `null`: none is near. */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  const lower = wanted.toLowerCase()
  let best: string | null = null
  let least = Math.ceil(wanted.length / 3) + 1
  for (const name of names) {
    const distance = levenshtein(lower, name.toLowerCase())
    if (distance < least) {
      best = name
      least = distance
    }
  }
  // What only begins or ends alike may be much longer.
  return best ?? names.find((name) => wanted.length > 3 && name.toLowerCase().includes(lower)) ?? null
}
