import { UserError } from '#lib/errors.ts'

/** What test runners that know `expect` keep about the test that runs. */
interface RunnerState {
  readonly currentTestName?: string | undefined
  readonly testPath?: string | undefined
}

/** Between the parts of a test's name: file, groups, test. */
export const BETWEEN = ' › '

/** Where Vitest and Jest keep their state. */
const RUNNERS = [Symbol.for('expect-global'), Symbol.for('$$jest-matchers-object')]

/**
 * The test of Vitest or Jest that runs: `accounts.test.ts › finds a new member of staff`. `null`: a runner is there, and no
 * test runs yet. `undefined`: there is no runner.
 */
export function runningTest(): string | null | undefined {
  const state = stateOfRunner()
  if (state === undefined) return undefined
  const { currentTestName, testPath } = state
  if (!currentTestName) return null
  const file = testPath === undefined ? [] : [relativePath(testPath)]
  return [...file, ...currentTestName.split(' > ')].join(BETWEEN)
}

function stateOfRunner(): RunnerState | undefined {
  for (const symbol of RUNNERS) {
    const found: unknown = Reflect.get(globalThis, symbol)
    const state: unknown = typeof found === 'function' ? Reflect.get(found, 'getState')?.() : Object(found).state
    if (typeof state === 'object' && state !== null) return state
  }
  return undefined
}

function relativePath(path: string): string {
  const { relative, sep } = nodeModule('node:path')
  return relative(process.cwd(), path).split(sep).join('/')
}

/** A module of Node's own, which bundlers for pages do not look for. @throws UserError in a page */
export function nodeModule<K extends 'node:fs' | 'node:path'>(id: K): ReturnType<typeof process.getBuiltinModule<K>> {
  if (typeof process === 'undefined' || !process.getBuiltinModule)
    throw new UserError('Failed to write a contract: that takes Node 20.19 or newer, and is left to it. Pages cannot.')
  return process.getBuiltinModule(id)
}
