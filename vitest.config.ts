import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two cores are the least that we run on; more workers than cores only cost memory.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
})
