import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface SourceFile {
  /** Below the project, with forward slashes: `src/line/handle.ts`. */
  readonly path: string
  readonly text: string
  /** Files of the project that it imports, types included. */
  readonly imports: readonly string[]
  /** What of those is written as a path from here to there. */
  readonly relativeImports: readonly string[]
}

/** All modules below some folders. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readSource(`${folder}/${file.replaceAll('\\', '/')}`)),
  )
}

const SPECIFIER = /(?:^(?:import|export)\b[^;'"`]*?\bfrom |^import |\bimport\()'([^']+)'/gm

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const specifiers = Array.from(text.matchAll(SPECIFIER), ([, specifier]) => specifier!)
  // Templates of files have imports, too, which lead nowhere.
  const own = specifiers.filter(
    (specifier) => /^[#.].*\.ts$/.test(specifier) && existsSync(join(root, resolve(path, specifier))),
  )
  const relative = own.filter((specifier) => specifier.startsWith('.'))
  const resolved = (specifier: string) => resolve(path, specifier)
  return { path, text, imports: own.map(resolved), relativeImports: relative.map(resolved) }
}

/** As the members `imports` of package.json say. */
function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(dirname(from), specifier))
  return /^#(?:handlers|occ|fixtures)\//.test(specifier) ? specifier.slice(1) : `src/${specifier.slice(1)}`
}

/** Circles of imports: each a list of files that import each other, one after the other. */
export function circles(files: readonly SourceFile[]): string[][] {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]))
  const done = new Set<string>()
  const found: string[][] = []
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path)
    if (start >= 0) found.push([...way.slice(start), path])
    if (start >= 0 || done.has(path)) return
    for (const next of importsOf.get(path) ?? []) visit(next, [...way, path])
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return found
}
