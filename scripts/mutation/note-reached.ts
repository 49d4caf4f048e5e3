/**
 * Set up before each file of tests: writes down which probed functions run for it, and, in a file of its own, which
 * ran when their modules were loaded, once for all tests.
 */
import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeEach } from 'vitest'
import { ENVIRONMENT, type Reached } from './plugin.ts'

declare global {
  var ocsMockReached: ((name: string) => void) | undefined
  var ocsMockLoaded: boolean | undefined
}

const folder = process.env[ENVIRONMENT.reached]
const reached = new Set<string>()
const started = Date.now()

if (folder !== undefined) {
  globalThis.ocsMockReached = (name) => reached.add(name)
  if (!globalThis.ocsMockLoaded) {
    globalThis.ocsMockLoaded = true
    const files = JSON.parse(process.env[ENVIRONMENT.probed] ?? '[]') as string[]
    for (const file of files) await import(/* @vite-ignore */ join(process.cwd(), file))
    write({ test: null, milliseconds: 0, functions: [...reached] })
    reached.clear()
  }
  let test = ''
  beforeEach(({ task }) => {
    test = relative(process.cwd(), task.file.filepath)
  })
  afterAll(() => write({ test, milliseconds: Date.now() - started, functions: [...reached] }))
}

function write(noted: Reached): void {
  const name = `${(noted.test ?? 'loaded').replaceAll('/', '+')}-${process.pid}.json`
  writeFileSync(join(folder!, name), JSON.stringify(noted))
}
