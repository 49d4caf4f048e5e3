import { type Browser, chromium } from 'playwright'
import { inject } from 'vitest'
import { LAUNCH_ARGUMENTS } from '../../../scripts/ensure-browser.ts'

/** A real Chromium without a window. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: inject('browser'), args: [...LAUNCH_ARGUMENTS] })
}
