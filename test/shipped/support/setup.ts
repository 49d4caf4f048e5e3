import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { ensureBrowser } from '../../../scripts/ensure-browser.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of a Chromium that starts. */
    browser: string
  }
}

/** Builds the package and finds a browser, before any test of what is shipped. */
export default function setup(project: TestProject): void {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('The package could not be built.')
  project.provide('browser', ensureBrowser())
}
