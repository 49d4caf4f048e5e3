import { type Browser, chromium } from 'playwright'
import { inject } from 'vitest'
import { LAUNCH_ARGUMENTS } from '../../../scripts/ensure-browser.ts'

/** A real Chromium without a window. @param args more of its arguments */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: inject('browser'), args: [...LAUNCH_ARGUMENTS, ...args] })
}
