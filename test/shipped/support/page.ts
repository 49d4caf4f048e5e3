import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const msw = dirname(createRequire(import.meta.url).resolve('msw/package.json'))

export interface ServedPage {
  readonly url: string
  close(): Promise<void>
}

/** A page on loopback whose module is a bundle of this script, beside the service worker that MSW brings. */
export async function servePage(script: string): Promise<ServedPage> {
  const files: Record<string, readonly [type: string, body: string]> = {
    '/': ['text/html', '<!doctype html><title>page</title><script type="module" src="/page.js"></script>'],
    '/page.js': ['text/javascript', await bundle(script)],
    '/mockServiceWorker.js': ['text/javascript', readFileSync(join(msw, 'lib', 'mockServiceWorker.js'), 'utf8')],
  }
  const server = createServer((request, response) => {
    const file = files[request.url ?? '']
    if (!file) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('no such file on the static server')
      return
    }
    response.writeHead(200, { 'Content-Type': file[0], 'Access-Control-Allow-Origin': '*' }).end(file[1])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What a front-end's bundler makes of a script that imports the package. */
async function bundle(script: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  })
  return outputFiles[0]!.text
}
