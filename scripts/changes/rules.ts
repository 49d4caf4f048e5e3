/** What changed in rules: the values that sources state by release (`byRelease`), with what stands above them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A value that sources state by release. */
export interface RuleChange {
  /** The folder of `handlers/` that it stands in, or the one of `src/world/` and the like. */
  readonly app: string
  /** The module, which says what it is about. */
  readonly where: string
  /** The first sentence of what stands above it, or nothing. */
  readonly about: string
  readonly before: string
  readonly now: string
  /** The release that brought it. */
  readonly release: number
}

const FOLDERS = ['handlers', 'occ', 'src/world', 'src/line', 'src/app', 'src/dav']
const STATED = /((?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)?)(?:export )?const (\w+) = byRelease(?:<[^(]*>)?\(/g
/** What is longer than this says little in a table. */
const LONGEST = 90

/** All that the sources below a folder state by release, module by module. */
export function rulesIn(root: string): RuleChange[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .flatMap((file) => rulesOf(join(folder, file), readFileSync(join(root, folder, file), 'utf8'))),
  )
}

function rulesOf(file: string, source: string): RuleChange[] {
  const [, app = ''] = /^(?:handlers|src\/world)\/([^/]+)\//.exec(file) ?? [null, file.split('/').at(-2)]
  const where = file.split('/').at(-1)!.replace('.ts', '')
  return [...source.matchAll(STATED)].flatMap((found) => {
    const [first = '', changes = ''] = argumentsAt(source, found.index + found[0].length)
    const about = sentenceOf(found[1]!)
    const steps = membersOf(changes)
    return steps.flatMap(([release, now], i): RuleChange[] => {
      const before = i === 0 ? first : steps[i - 1]![1]
      const isShort = before.length <= LONGEST && now.length <= LONGEST
      const saysWhat = about !== '' || now.startsWith("'")
      return isShort && saysWhat ? [{ app, where, about, before, now, release }] : []
    })
  })
}

/** Texts of the arguments of a call, from behind its opening parenthesis on. */
function argumentsAt(source: string, from: number): string[] {
  const found: string[] = []
  let depth = 0
  let quote = ''
  let start = from
  for (let at = from; at < source.length; at++) {
    const char = source[at]!
    if (quote !== '') {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (`'"\``.includes(char)) quote = char
    else if ('([{'.includes(char)) depth++
    else if (depth > 0 && ')]}'.includes(char)) depth--
    else if (depth === 0 && (char === ',' || char === ')')) {
      found.push(textOf(source.slice(start, at)))
      start = at + 1
      if (char === ')') return found.filter((text) => text !== '')
    }
  }
  return found
}

const textOf = (source: string) => source.trim().replaceAll(/\s+/g, ' ')

/** Members of the text of an object whose names are numbers. */
function membersOf(text: string): [number, string][] {
  if (!text.startsWith('{')) return []
  return argumentsAt(`${text.slice(1, -1)})`, 0).flatMap((member): [number, string][] => {
    const [, release, value] = /^(\d+): (.*)$/s.exec(member) ?? []
    return release === undefined ? [] : [[Number(release), value!]]
  })
}

/** The first sentence of a comment, without where it was seen. */
function sentenceOf(comment: string): string {
  const text = textOf(comment.replaceAll(/^\s*\/?\*+\/?/gm, ' ').replace(/\*\/\s*$/, ''))
  const [sentence = ''] = /^.*?[.?!](?= |$)/.exec(text) ?? []
  return sentence.replace(/\s*\([^)]*(?:asked|corpus|source|seen)[^)]*\)/, '')
}
