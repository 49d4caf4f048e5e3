/**
 * Bundles the package into `dist/`: JavaScript by esbuild, declarations by tsc, and the licences of what is bundled.
 *
 * usage: npm run build [-- --no-types]
 */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { bundlePage } from '../dashboard/bundle.ts'
import { fakerInParts } from './bundle/faker.ts'
import { type Base, fewerChunks } from './bundle/fewer-chunks.ts'
import { writeDeclarations } from './support/declarations.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const { values: options } = parseArgs({ options: { 'no-types': { type: 'boolean', default: false } } })

/** The public modules: what `exports` and `bin` of package.json point to. */
const ENTRIES = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  server: 'src/server.ts',
  openapi: 'src/openapi.ts',
  playwright: 'src/playwright.ts',
  vitest: 'src/vitest.ts',
  jest: 'src/jest.ts',
  cypress: 'src/cypress.ts',
  'cypress-commands': 'src/cypress-commands.ts',
  'e2e-test-server': 'src/e2e-test-server.ts',
  ...Object.fromEntries(programs().map((name) => [`bin/${name}`, `bin/${name}.ts`])),
}

/** What is always loaded first: the core, and for programs what all of them have. */
const BASES: readonly Base[] = [
  { module: ENTRIES.core, under: /^(?:src|handlers|occ)\//, takes: /^src\/(?:lib|world|line|app)\// },
  { module: 'src/cli/main.ts', under: /^src\/cli\//, takes: /^src\/(?:cli|verify)\// },
]

for (const entry of existsSync(dist) ? readdirSync(dist) : []) {
  if (entry !== 'types' || !options['no-types']) rmSync(join(dist, entry), { recursive: true })
}
const bundling: BuildOptions & { readonly plugins: Plugin[] } = {
  absWorkingDir: root,
  entryPoints: Object.entries(ENTRIES)
    .filter(([, input]) => existsSync(join(root, input)))
    .map(([out, input]) => ({ out, in: input })),
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['import', 'default'],
  target: 'es2023',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['node:*', 'msw', 'msw/*', 'vitest'],
  alias: {
    // xmlbuilder2 asks for two modules of Node where a browser has none; one bundle serves both.
    url: join(root, 'scripts/shims/url.ts'),
    events: join(root, 'scripts/shims/events.ts'),
    // An app that ships may import the package by its name, as one's own do. It is none of MSW's.
    'ocs-mock': join(root, 'src/definitions.ts'),
  },
  plugins: [jsonAsText(), fakerInParts(root), xmlWithoutOtherFormats(), dashboardPage()],
  logLevel: 'warning',
}
const { metafile: plain } = await build({ ...bundling, metafile: true, write: false })
const { metafile } = await build({
  ...bundling,
  plugins: [fewerChunks(root, BASES, plain), ...bundling.plugins],
  // What a base imports need not run there, it is only to be in its chunk.
  logOverride: { 'ignored-bare-import': 'silent' },
  metafile: true,
})
writeFileSync(join(dist, 'THIRD-PARTY.txt'), licences(metafile, (await bundlePage()).files))
for (const name of programs()) chmodSync(join(dist, 'bin', `${name}.js`), 0o755)
if (!options['no-types']) writeDeclarations(root)

/** The server's page is bundled once, here, and not whenever it is asked for. */
function dashboardPage(): Plugin {
  return {
    name: 'dashboard-page',
    setup: ({ onLoad }) =>
      onLoad({ filter: /[/\\]dashboard[/\\]page\.ts$/ }, async () => {
        const { files: _, ...bundled } = await bundlePage()
        const contents = `const bundled = ${JSON.stringify(bundled)}\nexport const page = async () => bundled`
        return { contents, loader: 'js' }
      }),
  }
}

function programs(): string[] {
  return readdirSync(join(root, 'bin'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
}

/**
 * JSON as a text that is parsed when the module runs: smaller than a literal and quicker to start.
 * Of our own package.json only the version is taken.
 */
function jsonAsText(): Plugin {
  return {
    name: 'json-as-text',
    setup(build) {
      build.onLoad({ filter: /\.json$/ }, ({ path }) => {
        const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
        const kept = path === join(root, 'package.json') ? { version: (value as { version: string }).version } : value
        return { contents: `export default JSON.parse(${JSON.stringify(JSON.stringify(kept))})`, loader: 'js' }
      })
    },
  }
}

/** xmlbuilder2 without what reads and writes JSON and YAML, a parser of YAML among it: we only write XML. */
function xmlWithoutOtherFormats(): Plugin {
  return {
    name: 'xml-without-other-formats',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\/(?:JSON|YAML)(?:Reader|Writer|CBWriter)$/ }, ({ importer, path }) =>
        /[\\/]xmlbuilder2[\\/]/.test(importer) ? { path, namespace: 'other-format' } : null,
      )
      onLoad({ filter: /.*/, namespace: 'other-format' }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
    },
  }
}

/** The licence texts of all packages whose code is in the bundle. */
function licences({ outputs }: Metafile, more: readonly string[]): string {
  const files = [
    ...Object.values(outputs).flatMap((output) => Object.keys(output.inputs)),
    ...more.map((file) => file.replace(/^dashboard\/\.\.\//, '')),
  ]
  const packages = files.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
  const texts = [...new Set(packages)]
    .filter((folder) => folder !== undefined)
    .sort()
    .map((folder) => {
      const at = join(root, folder)
      const { name, version, license, author } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'))
      const file = readdirSync(at).find((entry) => /^licen[cs]e/i.test(entry))
      if (!file && !license) throw new Error(`${name} is bundled and says nothing about its licence.`)
      // Some packages ship no text; then what they declare has to do.
      const text = file ? readFileSync(join(at, file), 'utf8').trim() : `${license}, by ${author?.name ?? author}`
      return `${name} ${version}\n\n${text}\n`
    })
  return `Code of these packages is part of the bundle.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
