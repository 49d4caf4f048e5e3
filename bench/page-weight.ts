import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import { chromium } from 'playwright'
import { ensureBrowser, LAUNCH_ARGUMENTS } from '../scripts/ensure-browser.ts'
import { type Figure, limitFigure, plainFigure } from './support.ts'

const MOST_KILOBYTES = 150
const root = fileURLToPath(new URL('..', import.meta.url))

/** What tests of a front end ask for most. MSW, which brings its own weight, is left out: the page asks the mock itself. */
const SCRIPT = `
import { createOcsMock } from 'ocs-mock/core'

const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] } })
const headers = { Authorization: 'Basic ' + btoa('admin:admin'), 'OCS-APIRequest': 'true', Accept: 'application/json' }
const asked = []
for (const path of location.hash.slice(1).split(',')) asked.push((await ocs.fetch('http://localhost/ocs/v2.php' + path, { headers })).status)
document.title = asked.join(' ')
`
const AREAS = {
  capabilities: '/cloud/capabilities',
  provisioning: '/cloud/users',
  sharing: '/apps/files_sharing/api/v1/shares',
}

/** Kilobytes that a page loads, minified and gzipped, until it was answered. Measured in a Chromium. */
export async function pageWeight(): Promise<Figure[]> {
  const files = await bundle()
  const loaded = new Set<string>()
  const server = createServer(({ url = '/' }, response) => {
    const file = files.get(url)
    if (file) loaded.add(url)
    response.writeHead(file || url === '/' ? 200 : 404, { 'Content-Type': file ? 'text/javascript' : 'text/html' })
    response.end(file ?? '<!doctype html><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...LAUNCH_ARGUMENTS] })
  const weigh = async (paths: readonly string[]) => {
    loaded.clear()
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#${paths.join(',')}`)
    await page.waitForFunction((count) => document.title.split(' ').length === count, paths.length)
    const statuses = await page.title()
    await page.close()
    if (/[^2 0]/.test(statuses)) throw new Error(`The page was answered ${statuses}.`)
    return [...loaded].reduce((sum, file) => sum + gzipSync(files.get(file)!).length, 0) / 1000
  }
  try {
    const figures = [
      limitFigure(
        `a page's first load for ${Object.keys(AREAS).join(', ')}`,
        await weigh(Object.values(AREAS)),
        MOST_KILOBYTES,
        'KB gzipped',
      ),
    ]
    for (const [area, path] of Object.entries(AREAS))
      figures.push(plainFigure(`  for ${area} alone`, `${Math.round(await weigh([path]))} KB gzipped`))
    return [...figures, ...(await parts())]
  } finally {
    await browser.close()
    server.close()
  }
}

/** What a front end's bundler makes of the page, by address. */
async function bundle(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: root, sourcefile: 'page.js' },
    outdir: '/',
    entryNames: 'page',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    // The package as it is published: the repository's own paths lead to its sources.
    tsconfigRaw: '{}',
    logLevel: 'error',
    write: false,
  })
  return new Map(outputFiles.map(({ path, contents }) => [path, contents]))
}

const MOST_PARTS = 12

/** What is loaded before anything is asked, by the folders of the sources: minified, the heaviest first. */
async function parts(): Promise<Figure[]> {
  const { metafile } = await build({
    stdin: { contents: SCRIPT.replace('ocs-mock/core', './src/core.ts'), resolveDir: root, sourcefile: 'page.js' },
    outdir: '/',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external: ['node:*'],
    metafile: true,
    write: false,
  })
  const page = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === 'page.js')!
  const weights = new Map<string, number>()
  for (const output of loadedWith(metafile, page[0]))
    for (const [file, { bytesInOutput }] of Object.entries(metafile.outputs[output]!.inputs)) {
      const folder = file
        .split('/')
        .slice(0, file.startsWith('src/world/') ? 3 : 2)
        .join('/')
      weights.set(folder, (weights.get(folder) ?? 0) + bytesInOutput)
    }
  return [...weights]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_PARTS)
    .map(([folder, bytes]) => plainFigure(`  of it ${folder}`, `${Math.round(bytes / 1000)} KB minified`))
}

/** A file of a bundle and all that it imports before it runs. */
function loadedWith({ outputs }: Metafile, file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  for (const { path, kind, external } of outputs[file]!.imports)
    if (!external && kind === 'import-statement') loadedWith({ outputs, inputs: {} }, path, found)
  return found
}
