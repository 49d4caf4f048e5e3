import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { profileMatrix } from '#profiles/matrix.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** Kilobytes of what a browser loads for `import 'ocs-mock'` before anything lazy, without MSW itself. */
const MAX_MINIFIED = 1300
const MAX_GZIPPED = 400

describe('the package', () => {
  it('installs nothing else', () => {
    expect(manifest.dependencies).toBeUndefined()
  })

  const core = [
    'APP_API_VERSION',
    'DataResponse',
    'ExpectationError',
    'OCSBadRequestException',
    'OCSException',
    'OCSForbiddenException',
    'OCSNotFoundException',
    'OcsMock',
    'ScenarioError',
    'SeedError',
    'UserError',
    'VERSION',
    'activities',
    'apps',
    'by',
    'config',
    'createOcsMock',
    'defineActivityFilter',
    'defineActivityProvider',
    'defineApp',
    'defineBackgroundJob',
    'defineCapabilities',
    'defineCommand',
    'defineCommandSource',
    'defineEndpoint',
    'defineImageReplacement',
    'defineInitialState',
    'defineListener',
    'defineNavigation',
    'defineNotifier',
    'definePage',
    'definePhpApp',
    'defineProfileData',
    'defineReactions',
    'defineRecipients',
    'defineReferenceProvider',
    'defineRoute',
    'defineScenario',
    'defineScenarioAction',
    'defineSearchProvider',
    'defineSeedMember',
    'defineSettingsForm',
    'defineShareType',
    'defineStory',
    'defineTable',
    'defineTeamProvider',
    'defineWidget',
    'fileIcon',
    'files',
    'forgetRecipient',
    'groups',
    'imagePath',
    'inPlace',
    'joinRecipient',
    'leaveRecipient',
    'loadProfile',
    'notifications',
    'p',
    'paginated',
    'profileMatrix',
    'profileNames',
    'profiles',
    's',
    'savedAnswer',
    'users',
  ]

  const E2E_TEST_SERVER = [
    ...['User', 'UserError', 'addUser', 'configureNextcloud', 'createRandomUser', 'createSnapshot', 'getSystemConfig'],
    ...['login', 'restoreSnapshot', 'runOcc', 'setSystemConfig', 'setupUsers', 'startNextcloud', 'stopNextcloud'],
    'waitOnNextcloud',
  ]

  it.each([
    ['ocs-mock', [...core, 'createHandlers']],
    ['ocs-mock/core', core],
    ['ocs-mock/server', ['OcsMock', 'UserError', 'defineScenario', 'readRecording', 'readTexts', 'serve']],
    ['ocs-mock/openapi', ['fromOpenApi']],
    ['ocs-mock/playwright', ['OcsMock', 'UserError', 'intercept', 'ocsMock', 'ocsMockServer']],
    ['ocs-mock/cypress', ['UserError', 'ocsTasks', 'startForCypress']],
    ['ocs-mock/cypress/commands', ['interceptOcs']],
    ['ocs-mock/e2e-test-server', E2E_TEST_SERVER],
    ['ocs-mock/vitest', ['OcsMock', 'UserError', 'ocsMatchers', 'ocsTest', 'test']],
    ['ocs-mock/jest', ['OcsMock', 'UserError', 'ocsMatchers', 'useOcsMock']],
  ])('exports from %s what is listed, and nothing by accident', async (name, exported) => {
    expect(Object.keys(manifest.exports)).toContain(name.replace('ocs-mock', '.'))
    expect(Object.keys(await import(name)).sort()).toEqual(exported.toSorted())
  })

  it('has declarations for every module that it exports', () => {
    const { include } = JSON.parse(readFileSync(new URL('../../tsconfig.build.json', import.meta.url), 'utf8'))
    const declared = Object.values<{ readonly types?: string }>(manifest.exports).flatMap(({ types }) => types ?? [])
    const sources = declared.map((file) => file.replace('./dist/types/', '').replace('.d.ts', '.ts'))
    expect(sources.length).toBeGreaterThan(5)
    expect(include).toEqual(expect.arrayContaining(sources))
  })

  it.each(['index.js', 'core.js'])('runs in a browser: %s asks for nothing of Node', async (file) => {
    const { outputs } = await bundled(file)
    const asked = Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external))
    expect(asked.map(({ path }) => path).filter((path) => !/^msw(\/|$)/.test(path))).toEqual([])
  })

  it('stays small in a browser', async () => {
    const { outputFiles, outputs } = await bundled('index.js')
    const first = loadedAtOnce(outputs, 'bundle/index.js').map(
      (name) => outputFiles.find(({ path }) => path.endsWith(name))!.contents,
    )
    const kilobytes = (bytes: number) => Math.round(bytes / 1000)
    expect(kilobytes(sum(first))).toBeLessThan(MAX_MINIFIED)
    expect(kilobytes(sum(first.map((file) => gzipSync(file))))).toBeLessThan(MAX_GZIPPED)
  })

  it.each(['core.js', 'server.js'])(
    'starts without any release but the newest, however many there are: %s',
    async (file) => {
      const { outputFiles, outputs } = await bundled(file)
      const first = loadedAtOnce(outputs, `bundle/${file}`)
      const [newest, ...others] = await Promise.all(RELEASES.map(({ load }) => load()))
      // As a profile states it: rules name releases by their numbers alone.
      const filesWith = ({ versionString }: ProfileDefinition) =>
        outputFiles.filter(({ text }) => text.includes(`"${versionString}"`)).map(({ path }) => path)
      const isFirst = (path: string) => first.some((name) => path.endsWith(name))

      expect(filesWith(newest!).some(isFirst)).toBe(true)
      for (const release of others) {
        expect([release.id, filesWith(release).length > 0, filesWith(release).filter(isFirst)]).toEqual([
          release.id,
          true,
          [],
        ])
      }
    },
  )
})

const RELEASES = ['nextcloud', 'owncloud'].flatMap((product) => profileMatrix(product, { from: 10 }))

const sum = (files: readonly Uint8Array[]) => files.reduce((total, { length }) => total + length, 0)

/** A file of the bundle and all that it imports before it runs. */
function loadedAtOnce(outputs: Metafile['outputs'], file: string): string[] {
  const found = new Set<string>()
  const visit = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    const [, output] = Object.entries(outputs).find(([path]) => path.endsWith(name))!
    for (const { path, kind, external } of output.imports) {
      if (!external && kind === 'import-statement') visit(path.slice(path.indexOf('bundle/')))
    }
  }
  visit(file)
  return [...found]
}

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
