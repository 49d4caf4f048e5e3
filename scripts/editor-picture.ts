/**
 * Takes the pictures of the manual that show an editor: Monaco, the editor of VS Code, with monaco-yaml, which is
 * yaml-language-server. Both are large and needed for nothing else, so they are no dependencies of the repository.
 *
 * usage: tsx scripts/editor-picture.ts FOLDER   (FOLDER: where `npm install monaco-editor monaco-yaml` was run)
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium, type Page } from 'playwright'
import { UserError } from '#lib/errors.ts'
import { ensureBrowser, LAUNCH_ARGUMENTS } from './ensure-browser.ts'

const [given] = process.argv.slice(2)
if (given === undefined) throw new UserError('usage: tsx scripts/editor-picture.ts FOLDER')
const folder = resolve(given)
const pictures = fileURLToPath(new URL('../docs/dashboard', import.meta.url))
const schema = readFileSync(new URL('../scenarios/schema.json', import.meta.url), 'utf8')

/** With the mistakes that the manual explains. */
const MISTAKEN = `# yaml-language-server: $schema=./node_modules/ocs-mock/scenarios/schema.json
description: alice is removed while her link is still being used
foo: 1
steps:
  - name: the account is disabled
    after: 5parsecs
    occ: user:disable alice
  - name: the server is slow
    fault:
      on: { pth: /status.php }
      drop: request
`

const UNFINISHED = `# yaml-language-server: $schema=./node_modules/ocs-mock/scenarios/schema.json
description: an app goes away
steps:
  - name: notifications are gone
    when: advanced
    disableApp: noti`

const MAIN = `
import * as monaco from 'monaco-editor'
import { configureMonacoYaml } from 'monaco-yaml'
globalThis.MonacoEnvironment = { getWorker: (_, label) => new Worker(label === 'yaml' ? 'yaml.js' : 'editor.js') }
// The file that the first line names: a page cannot read it.
const uri = 'file:///node_modules/ocs-mock/scenarios/schema.json'
configureMonacoYaml(monaco, { enableSchemaRequest: true, schemas: [{ uri, fileMatch: [], schema: ${schema} }] })
monaco.editor.setTheme('vs-dark')
globalThis.show = (text, name) => {
  for (const model of monaco.editor.getModels()) model.dispose()
  const model = monaco.editor.createModel(text, 'yaml', monaco.Uri.parse('file:///' + name))
  globalThis.editor?.dispose()
  globalThis.editor = monaco.editor.create(document.body.firstElementChild, {
    model, minimap: { enabled: false }, fontSize: 14, scrollBeyondLastLine: false, quickSuggestions: false,
  })
}
globalThis.markers = () => monaco.editor.getModelMarkers({}).map(({ message, startLineNumber }) => startLineNumber + ': ' + message)
`

const work = mkdtempSync(join(tmpdir(), 'ocs-mock-editor-'))
writeFileSync(join(folder, 'editor-picture.entry.js'), MAIN)
await build({
  entryPoints: {
    main: join(folder, 'editor-picture.entry.js'),
    editor: join(folder, 'node_modules/monaco-editor/esm/vs/editor/editor.worker.js'),
    yaml: join(folder, 'node_modules/monaco-yaml/yaml.worker.js'),
  },
  outdir: work,
  bundle: true,
  minify: true,
  format: 'iife',
  loader: { '.ttf': 'dataurl' },
  logLevel: 'warning',
})
rmSync(join(folder, 'editor-picture.entry.js'))

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }
const PAGE =
  '<!doctype html><link rel="stylesheet" href="main.css"><body style="margin:0"><div style="width:860px;height:330px"></div><script src="main.js"></script>'
const server = createServer(({ url = '/' }, response) => {
  if (url === '/') return response.setHeader('Content-Type', 'text/html').end(PAGE)
  const type = TYPES[extname(url)]
  if (type === undefined) return response.writeHead(404).end()
  return response.setHeader('Content-Type', type).end(readFileSync(join(work, url.slice(1))))
})
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...LAUNCH_ARGUMENTS] })
try {
  const page = await browser.newPage({ viewport: { width: 860, height: 330 } })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.evaluate(`show(${JSON.stringify(MISTAKEN)}, 'mistaken.yaml')`)
  await page.waitForFunction('markers().length >= 3')
  console.log(((await page.evaluate('markers()')) as string[]).join('\n'))
  await page.evaluate('editor.setPosition({ lineNumber: 6, column: 16 }), editor.focus()')
  await page.evaluate("editor.trigger('', 'editor.action.showHover', {})")
  await page
    .locator('.monaco-hover')
    .filter({ hasText: /pattern/ })
    .waitFor()
  await save(page, 'editor-checks')
  await page.evaluate(`show(${JSON.stringify(UNFINISHED)}, 'unfinished.yaml')`)
  await page.evaluate('editor.setPosition({ lineNumber: 6, column: 21 }), editor.focus()')
  await page.evaluate("editor.trigger('', 'editor.action.triggerSuggest', {})")
  await page.locator('.suggest-widget .monaco-list-row').first().waitFor()
  await save(page, 'editor-completes')
} finally {
  await browser.close()
  server.close()
  rmSync(work, { recursive: true })
}

async function save(page: Page, name: string): Promise<void> {
  const file = join(pictures, `${name}.png`)
  writeFileSync(file, await page.screenshot({ animations: 'disabled' }))
  console.log(file)
}
