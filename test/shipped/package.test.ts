import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** Kilobytes of what a browser loads for `import 'ocs-mock'` before anything lazy, without MSW itself. */
const MAX_MINIFIED = 900
const MAX_GZIPPED = 250

describe('the package', () => {
  it('installs nothing else', () => {
    expect(manifest.dependencies).toBeUndefined()
  })

  const core = [
    'DataResponse',
    'OCSBadRequestException',
    'OCSException',
    'OCSForbiddenException',
    'OCSNotFoundException',
    'OcsMock',
    'UserError',
    'VERSION',
    'createOcsMock',
    'defineApp',
    'p',
    'profiles',
  ]

  it.each([
    ['ocs-mock', [...core, 'createHandlers']],
    ['ocs-mock/core', core],
    ['ocs-mock/server', ['OcsMock', 'UserError', 'serve']],
    ['ocs-mock/playwright', ['OcsMock', 'UserError', 'intercept', 'ocsMock']],
  ])('exports from %s what is listed, and nothing by accident', async (name, exported) => {
    expect(Object.keys(manifest.exports)).toContain(name.replace('ocs-mock', '.'))
    expect(Object.keys(await import(name)).sort()).toEqual(exported.toSorted())
  })

  it.each(['index.js', 'core.js'])('runs in a browser: %s asks for nothing of Node', async (file) => {
    const { outputs } = await bundled(file)
    const asked = Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external))
    expect(asked.map(({ path }) => path).filter((path) => !/^msw(\/|$)/.test(path))).toEqual([])
  })

  it('stays small in a browser', async () => {
    const { outputFiles } = await bundled('index.js')
    const first = outputFiles.find(({ path }) => path.endsWith('/index.js'))!.contents
    const kilobytes = (bytes: number) => Math.round(bytes / 1000)
    expect(kilobytes(first.length)).toBeLessThan(MAX_MINIFIED)
    expect(kilobytes(gzipSync(first).length)).toBeLessThan(MAX_GZIPPED)
  })
})

/** What a front-end's bundler makes of a module of the package. Dynamic imports become files of their own. */
async function bundled(file: string) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`dist/${file}`],
    outdir: '/bundle',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external: ['msw', 'msw/*', 'node:*'],
    metafile: true,
    write: false,
  })
  return { outputFiles, outputs: metafile.outputs }
}
