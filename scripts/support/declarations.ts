import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** What stands before the name of a module that is imported or added to. */
const BEFORE = /(?:from |import\(|import |declare module )['"]/.source
const INTERNAL = new RegExp(`(${BEFORE})#(\\w[^'"]*)\\.ts(['"])`, 'g')
const RELATIVE = new RegExp(`(${BEFORE}\\.{1,2}/[^'"]*)\\.ts(['"])`, 'g')
/** A module of ours that another names. */
const NAMED = new RegExp(`${BEFORE}(\\.{1,2}/[^'"]*)\\.js['"]`, 'g')
const ADDED_TO = /^declare module ['"](\.{1,2}\/[^'"]*)\.js['"]/gm

/**
 * Write the declarations of the package to `dist/types`: those that somebody can come to from a module of `exports`. tsc
 * makes them; what they import and what they add to has to be named as it is in the package. Ends the process where tsc finds a mistake.
 */
export function writeDeclarations(root: string): void {
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  const { status } = spawnSync(tsc, ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  const types = join(root, 'dist', 'types')
  const texts = new Map<string, string>()
  for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.d.ts')) texts.set(join(types, file), readFileSync(join(types, file), 'utf8'))
  }
  const renamed = new Map([...texts].map(([at, text]) => [at, withNamesOfPackage(at, text, types)]))
  const whole = withAdditions(renamed)
  const reached = reachedFrom(entriesOf(root), whole)
  for (const [at, text] of whole) {
    if (!reached.has(at)) rmSync(at)
    else if (text !== texts.get(at)) writeFileSync(at, text)
  }
}

/** The declarations that `exports` of package.json names. */
function entriesOf(root: string): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, { readonly types?: string }>>
  }
  return Object.values(exports).flatMap(({ types }) => (types ? [join(root, types)] : []))
}

/** What users can come to: all else is declared for nobody. */
function reachedFrom(entries: readonly string[], texts: ReadonlyMap<string, string>): Set<string> {
  const reached = new Set<string>()
  const waiting = [...entries]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const text = texts.get(at)
    if (text === undefined || reached.has(at)) continue
    reached.add(at)
    for (const [, path] of text.matchAll(NAMED)) waiting.push(`${join(dirname(at), path!)}.d.ts`)
  }
  return reached
}

/** `#world/events.ts` as the path from this file. */
function withNamesOfPackage(at: string, text: string, types: string): string {
  return text
    .replace(INTERNAL, (_, before, target: string, after) => {
      const folder = /^(?:fixtures|handlers|occ)\//.test(target) ? target : `src/${target}`
      return `${before}${pathFrom(at, join(types, folder))}.js${after}`
    })
    .replace(RELATIVE, '$1.js$2')
}

/** Whoever reads a module sees what others add to it, though nobody else imports them for their types. */
function withAdditions(texts: ReadonlyMap<string, string>): Map<string, string> {
  const whole = new Map(texts)
  for (const [at, text] of texts) {
    for (const [, path] of text.matchAll(ADDED_TO)) {
      const target = `${join(dirname(at), path!)}.d.ts`
      const known = whole.get(target)
      if (known === undefined) throw new Error(`${at} adds to ${path}, which has no declarations.`)
      whole.set(target, `${known}import '${pathFrom(target, at.replace(/\.d\.ts$/, '.js'))}';\n`)
    }
  }
  return whole
}

function pathFrom(at: string, target: string): string {
  const path = relative(dirname(at), target).replaceAll('\\', '/')
  return path.startsWith('.') ? path : `./${path}`
}
