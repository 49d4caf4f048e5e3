import { defineConfig } from '@playwright/test'

const address = 'http://127.0.0.1:6199/'

export default defineConfig({
  testDir: 'tests',
  // A machine that does more than this takes its time.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: address,
    // Playwright's own Chromium, unless another one is named.
    launchOptions: process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {},
  },
  // What "storybook build" made, as any web server has it.
  webServer: {
    command: 'vite preview --outDir storybook-static --host 127.0.0.1 --port 6199 --strictPort',
    url: address,
  },
})
