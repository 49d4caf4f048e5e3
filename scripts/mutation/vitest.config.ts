import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SOURCE } from '../../vitest.config.ts'
import { mutationPlugin } from './plugin.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** They go slowly through everything, and would notice no more than that the fake differs from its own definitions. */
const NOT_ASKED = ['test/verify/**', 'test/examples/**', 'test/scripts/**']

/** The tests of the sources, which run something that is not quite the sources. */
export default defineConfig({
  root,
  plugins: [mutationPlugin(root)],
  test: {
    ...SOURCE,
    exclude: [...SOURCE.exclude, ...NOT_ASKED],
    setupFiles: ['scripts/mutation/note-reached.ts'],
    maxWorkers: 1,
    // A test that is slow on a busy machine has not noticed anything.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    experimental: { fsModuleCache: true },
  },
})
