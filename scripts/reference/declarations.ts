import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Something that a module of the package gives, as tsc declares it. */
export interface Declared {
  readonly name: string
  /** Where it is declared: the same thing, whichever module gives it. */
  readonly at: string
  /** The comment before it, without stars. */
  readonly doc: string
  /** The declaration; of a name that has several, all. */
  readonly text: string
}

/** A statement of the outermost level, with its comment. */
interface Statement {
  readonly doc: string
  readonly text: string
}

/** What begins a statement, and the name that it declares. */
const DECLARES =
  /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:const|let|function|class|interface|type|enum|namespace) (\w+)/

/** Reads the declarations that tsc wrote: one statement a line or more, comments before them, nothing else. */
export class Declarations {
  readonly #files = new Map<string, readonly Statement[]>()

  /** What a file exports, by the names that it gives; sorted. */
  exportsOf(file: string): Declared[] {
    const found = new Map<string, Declared>()
    this.#collect(file, found, new Set())
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  #statements(file: string): readonly Statement[] {
    const known = this.#files.get(file)
    if (known) return known
    const statements = statementsOf(readFileSync(file, 'utf8'))
    this.#files.set(file, statements)
    return statements
  }

  #collect(file: string, found: Map<string, Declared>, seen: Set<string>): void {
    if (seen.has(file)) return
    seen.add(file)
    for (const { text } of this.#statements(file)) {
      const [, all] = /^export \* from ['"](.+)['"]/.exec(text) ?? []
      if (all) this.#collect(fileOf(file, all), found, seen)
      const [, names, from] = /^export (?:type )?\{([^}]*)\}(?: from ['"](.+)['"])?/.exec(text) ?? []
      for (const { own, given } of names === undefined ? [] : namesIn(names)) {
        const declared = this.#find(from ? fileOf(file, from) : file, own)
        if (declared) found.set(given, { ...declared, name: given })
      }
      const [, name] = text.startsWith('export ') ? (DECLARES.exec(text) ?? []) : []
      if (name && !found.has(name)) found.set(name, this.#declared(file, name)!)
    }
  }

  /** A name of a file: declared there, imported, or given on. */
  #find(file: string, name: string): Declared | undefined {
    const here = this.#declared(file, name)
    if (here) return here
    for (const { text } of this.#statements(file)) {
      const [, names, from] = /^(?:import|export) (?:type )?\{([^}]*)\} from ['"](.+)['"]/.exec(text) ?? []
      const meant = names === undefined ? undefined : namesIn(names).find(({ given }) => given === name)
      if (meant && from?.startsWith('.')) return this.#find(fileOf(file, from), meant.own)
      const [, all] = /^export \* from ['"](\..+)['"]/.exec(text) ?? []
      const below = all ? this.#find(fileOf(file, all), name) : undefined
      if (below) return below
    }
    return undefined
  }

  #declared(file: string, name: string): Declared | undefined {
    const all = this.#statements(file).filter(({ text }) => DECLARES.exec(text)?.[1] === name)
    if (all.length === 0) return undefined
    const text = all.map((one) => one.text.replace(/^export (?:default )?(?:declare )?/, '')).join('\n')
    return { name, at: `${file}#${name}`, doc: all.find(({ doc }) => doc !== '')?.doc ?? '', text }
  }
}

const fileOf = (from: string, path: string) => join(dirname(from), path.replace(/\.js$/, '.d.ts'))

const namesIn = (list: string) =>
  list
    .split(',')
    .map((part) => part.trim().replace(/^type /, ''))
    .filter((part) => part !== '')
    .map((part) => {
      const [own, given = own] = part.split(' as ')
      return { own: own!, given: given! }
    })

/** Statements begin at the beginning of a line. */
export function statementsOf(source: string): Statement[] {
  const found: Statement[] = []
  let doc: string[] = []
  let lines: string[] = []
  let isComment = false
  const end = () => {
    if (lines.length > 0) found.push({ doc: docOf(doc), text: lines.join('\n').trimEnd() })
    if (lines.length > 0) doc = []
    lines = []
  }
  for (const line of source.split('\n')) {
    const isStart = /^[A-Za-z/]/.test(line)
    if (isStart && !isComment) {
      end()
      if (line.startsWith('/*')) doc = []
    }
    if (isComment || (isStart && line.startsWith('/*'))) {
      doc.push(line)
      isComment = !line.includes('*/')
    } else if (!line.startsWith('//')) lines.push(line)
  }
  end()
  return found
}

const docOf = (lines: readonly string[]) =>
  lines
    .map((line) => line.replace(/^\s*\/?\*+\/? ?/, '').replace(/\s*\*\/$/, ''))
    .join('\n')
    .trim()
