/** Small changes to modules of ours, as text. The formatter puts what is added into its place. */

const NAMED_IMPORT = /^import (?:type )?\{([^}]*)\} from '([^']+)'/gm

/** What a module calls the things that it imports by name. */
function importedNames(text: string): string[] {
  return [...text.matchAll(NAMED_IMPORT)].flatMap(([, names]) =>
    names!
      .split(',')
      .map((name) =>
        name
          .trim()
          .replace(/^type /, '')
          .replace(/^.* as /, ''),
      )
      .filter((name) => name !== ''),
  )
}

/** A module that imports these names, those from this module that it has not imported before. */
export function withImport(text: string, names: readonly string[], from: string): string {
  const known = importedNames(text)
  const missing = names.filter((name) => !known.includes(name))
  if (missing.length === 0) return text
  const same = new RegExp(`^import \\{([^}]*?),?\\s*\\} from '${from.replaceAll('.', '\\.')}'`, 'm')
  if (same.test(text)) {
    return text.replace(same, (_, before: string) => `import {${before}, ${missing.join(', ')} } from '${from}'`)
  }
  const line = `import { ${missing.join(', ')} } from '${from}'\n`
  const first = /^import /m.exec(text)?.index ?? 0
  return text.slice(0, first) + line + text.slice(first)
}

/** What a module calls all exports of another, where it imports them as one. */
export function namespaceOf(text: string, from: string): string | null {
  return new RegExp(`^import \\* as (\\w+) from '${from.replaceAll('.', '\\.')}'`, 'm').exec(text)?.[1] ?? null
}

/** Whether a module uses a name, for whatever. */
export const usesName = (text: string, name: string) => new RegExp(`\\b${name}\\b`).test(text)

/**
 * `app.ts` with one more expression in a list of its app; the list is begun where there is none.
 * @throws Error where the list is no literal that can be written into
 */
export function withListed(text: string, member: string, expression: string): string {
  const list = new RegExp(`^ {2}${member}: `, 'm').exec(text)
  if (!list) {
    const opening = /defineApp\('\w+', \{/.exec(text)
    if (!opening) throw new Error(`There is no "defineApp('…', {" to add ${expression} to.`)
    const at = opening.index + opening[0].length
    return `${text.slice(0, at)}\n  ${member}: [${expression}],${text.slice(at)}`
  }
  const start = list.index + list[0].length
  if (text[start] !== '[')
    throw new Error(`"${member}" is no list that can be written into. Add ${expression} by hand.`)
  const end = closingBracket(text, start)
  const before = text.slice(0, end).trimEnd().replace(/,$/, '')
  return `${before}${before.endsWith('[') ? '' : ', '}${expression}${text.slice(end)}`
}

function closingBracket(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === '[') depth++
    if (text[at] === ']' && --depth === 0) return at
  }
  throw new Error('A list has no end.')
}
