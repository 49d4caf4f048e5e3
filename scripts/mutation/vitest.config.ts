import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SOURCE } from '../../vitest.config.ts'
import { mutationPlugin } from './plugin.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The tests of the sources, which run something that is not quite the sources. */
export default defineConfig({
  root,
  plugins: [mutationPlugin(root)],
  test: {
    ...SOURCE,
    setupFiles: ['scripts/mutation/note-reached.ts'],
    maxWorkers: 1,
    // A test that is slow on a busy machine has not noticed anything.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    experimental: { fsModuleCache: true },
  },
})
