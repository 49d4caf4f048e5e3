import { fileURLToPath } from 'node:url'
import { defineConfig, type TestUserConfig } from 'vitest/config'

/** Everything that is tested from its sources. */
export const SOURCE = {
  name: 'source',
  include: ['test/**/*.test.ts'],
  exclude: ['test/shipped/**', 'test/third-party/**'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  setupFiles: ['test/support/tested.ts'],
  // What apps are made of comes from the sources, and is there before the mock that loads apps.
  alias: [{ find: /^ocs-mock$/, replacement: fileURLToPath(new URL('src/definitions.ts', import.meta.url)) }],
  // Nothing is kept in modules, so files can share them: loading them again for each file cost most of the time.
  isolate: false,
} satisfies TestUserConfig

export default defineConfig({
  test: {
    // Two cores are the least that we run on; more workers than cores only cost memory.
    maxWorkers: 2,
    // Hundreds of modules are the same ones as in the last run.
    experimental: { fsModuleCache: true },
    projects: [
      {
        extends: true,
        test: { ...SOURCE, globalSetup: ['test/support/tested-setup.ts'] },
      },
      {
        // Clients that others wrote. They have a package of their own, installed when these tests first run.
        extends: true,
        test: {
          name: 'third-party',
          include: ['test/third-party/*.test.ts'],
          globalSetup: ['test/third-party/support/setup.ts'],
          testTimeout: 60_000,
          isolate: false,
          // Nextcloud's own libraries import style sheets, which only Vite can read.
          server: { deps: { inline: [/@nextcloud\//] } },
        },
      },
      {
        // What strangers get: the built package, in Node and in a real browser.
        extends: true,
        test: {
          name: 'shipped',
          include: ['test/shipped/**/*.test.ts'],
          globalSetup: ['test/shipped/support/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          isolate: false,
          // The built package runs as Node itself loads it.
          server: { deps: { external: [/\/dist\//] } },
        },
      },
    ],
  },
})
