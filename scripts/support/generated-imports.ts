import { dirname, relative } from 'node:path'

/** Where a value is exported: a file below the project, and how one of its exports leads to it. */
export interface Place {
  readonly file: string
  readonly name: string
  readonly index: number | null
}

/** Imports of a generated file, each module once. */
export class Imports {
  readonly #places: ReadonlyMap<unknown, Place>
  readonly #modules = new Map<string, string>()
  readonly #from: string
  readonly #reserved: readonly string[]

  /**
   * @param places where values are exported
   * @param reserved names that the file declares itself
   */
  constructor(places: ReadonlyMap<unknown, Place>, from: string, reserved: readonly string[]) {
    this.#places = places
    this.#from = from
    this.#reserved = reserved
  }

  /** How a value is written in the file. @param of what it is, for errors */
  expression(value: unknown, of: string): string {
    const place = this.#places.get(value)
    if (!place || place.file.endsWith('/app.ts')) {
      throw new Error(`${of} is not exported by a module of its own. Export it from a file beside app.ts.`)
    }
    const { file, name, index } = place
    const module = this.#modules.get(file) ?? this.#freeName(file)
    this.#modules.set(file, module)
    return index === null ? `${module}.${name}` : `${module}.${name}[${index}]!`
  }

  #freeName(file: string): string {
    const taken = [...this.#modules.values(), ...this.#reserved]
    let name = file
      .replace(/^src\/|\.ts$|^handlers\//g, '')
      .replace(/[^a-zA-Z0-9]+(.)/g, (_, next: string) => next.toUpperCase())
    while (taken.includes(name)) name += '_'
    return name
  }

  /** The import statements. */
  get text(): string {
    return [...this.#modules]
      .map(([file, module]) => `import * as ${module} from '${specifier(file, this.#from)}'`)
      .sort()
      .join('\n')
  }
}

/** How a module of `from` names another file of the project. */
export function specifier(file: string, from: string): string {
  if (file.startsWith('src/')) return `#${file.slice('src/'.length)}`
  const path = relative(dirname(from), file).replaceAll('\\', '/')
  return path.startsWith('.') ? path : `./${path}`
}
