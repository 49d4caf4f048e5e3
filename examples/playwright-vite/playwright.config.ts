import { defineConfig } from '@playwright/test'

const address = 'http://127.0.0.1:5199/'

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
  webServer: { command: 'vite --host 127.0.0.1 --port 5199 --strictPort', url: address, timeout: 120_000 },
})
