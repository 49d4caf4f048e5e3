import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Metafile, Plugin } from 'esbuild'

/** A module that others build on, and what comes with it. */
export interface Base {
  /** Such as `src/core.ts`. */
  readonly module: string
  /** Entry points and late modules that are never loaded without it. */
  readonly under: RegExp
  /** Where the shared modules are that come with it if they are small. */
  readonly takes: RegExp
}

/** A shared chunk of less than this comes with a base: to fetch a file costs more than it weighs. */
const SMALL = 2600

/**
 * Makes fewer and larger chunks. esbuild cuts what is shared by who shares it: with a hundred modules that are loaded
 * late there are hundreds of ways to share, and as many files. But nobody loads anything late before the base is
 * there that it builds on. So each of these modules is told to import its bases: then all of a base is shared by all,
 * and is one chunk, and so are small modules that only some share.
 * @param plain what esbuild makes without this
 */
export function fewerChunks(root: string, bases: readonly Base[], plain: Metafile): Plugin {
  const entries = Object.values(plain.outputs).flatMap(({ entryPoint }) => entryPoint ?? [])
  const importsOf = new Map(
    entries.map((entry) => [
      resolve(root, entry),
      bases.filter(({ under }) => under.test(entry)).map(({ module }) => `base:${module}`),
    ]),
  )
  return {
    name: 'fewer-chunks',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^base:/ }, ({ path }) => ({ path: path.slice('base:'.length), namespace: 'base' }))
      onLoad({ filter: /.*/, namespace: 'base' }, ({ path }) => {
        const base = bases.find(({ module }) => module === path)!
        const modules = [base.module, ...smallModules(base, bases, plain).filter((file) => file !== base.module)]
        return { contents: modules.map((file) => `import './${file}'`).join('\n'), resolveDir: root }
      })
      onResolve({ filter: /^\.\//, namespace: 'base' }, ({ path }) => ({ path: join(root, path) }))
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const imports = importsOf.get(path) ?? []
        if (imports.length === 0) return null
        const text = readFileSync(path, 'utf8')
        const [shebang = ''] = /^#!.*\n/.exec(text) ?? []
        const lines = imports.map((base) => `import '${base}'\n`).join('')
        return { contents: shebang + lines + text.slice(shebang.length), loader: 'ts' }
      })
    },
  }
}

/** The modules of small chunks that a base takes, and that build on nothing that is not there with it. */
function smallModules({ takes }: Base, bases: readonly Base[], { outputs }: Metafile): string[] {
  const staticImports = (chunk: string) =>
    outputs[chunk]!.imports.filter(({ kind, external }) => kind === 'import-statement' && !external).map(
      ({ path }) => path,
    )
  const there = new Set<string>()
  const add = (chunk: string) => {
    if (there.has(chunk)) return
    there.add(chunk)
    for (const imported of staticImports(chunk)) add(imported)
  }
  for (const { module } of bases) {
    const chunk = Object.keys(outputs).find((one) => Object.hasOwn(outputs[one]!.inputs, module))
    if (chunk !== undefined) add(chunk)
  }
  const isSmall = (chunk: string) => {
    const { entryPoint, bytes, inputs } = outputs[chunk]!
    return entryPoint === undefined && bytes < SMALL && Object.keys(inputs).every((file) => takes.test(file))
  }
  const taken = [...there].filter(isSmall)
  let next: string | undefined
  do {
    next = Object.keys(outputs).find(
      (chunk) => !there.has(chunk) && isSmall(chunk) && staticImports(chunk).every((one) => there.has(one)),
    )
    if (next === undefined) break
    there.add(next)
    taken.push(next)
  } while (next !== undefined)
  return taken.flatMap((chunk) => Object.keys(outputs[chunk]!.inputs))
}
