/**
 * Writes `docs/api/`: what the modules of the package give, from the declarations of the last build. `--check` writes
 * nothing, names what is stale, and exits with 1.
 *
 * usage: npm run api [-- --check]
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ApiModule, apiIndex, apiPage, fileOfModule } from './reference/api-page.ts'
import { Declarations } from './reference/declarations.ts'
import { keepFresh } from './support/keep-fresh.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest: { readonly exports: Readonly<Record<string, { readonly types?: string }>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

const declarations = new Declarations()
/** What was told already, and in which module. */
const told = new Map<string, string>()
const modules: ApiModule[] = []
// The core first: what all share is told there.
const entries = Object.entries(manifest.exports).flatMap(([path, { types }]) => (types ? [[path, types] as const] : []))
for (const [path, types] of entries.toSorted(([a], [b]) => Number(b === './core') - Number(a === './core'))) {
  const name = path.replace(/^\./, 'ocs-mock')
  const given = declarations.exportsOf(join(root, types))
  const others = given.flatMap((one) => (told.has(one.at) ? [{ name: one.name, module: told.get(one.at)! }] : []))
  const own = given.filter((one) => !told.has(one.at))
  for (const one of own) told.set(one.at, name)
  modules.push({ name, own, others })
}

const pages = modules.map((module, i) => [`docs/api/${fileOfModule(module.name)}`, apiPage(module, 701 + i)] as const)
keepFresh({ 'docs/api/index.md': apiIndex(modules), ...Object.fromEntries(pages) }, 'npm run build && npm run api')
