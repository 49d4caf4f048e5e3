/** Runs tests over mutants, each run in a process of its own, so that a mutant that never ends can be ended. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ENVIRONMENT, type Placed, type Reached } from './plugin.ts'
import { probeName } from './probes.ts'

export interface Verdict {
  readonly killed: boolean
  /** The test that noticed, or why the run ended; `null`: nothing noticed. */
  readonly by: string | null
}

/** Which files of tests run which functions, in one run of all tests of the sources. */
export class Reach {
  readonly #tests = new Map<string, Set<string>>()
  readonly #loaded = new Set<string>()
  readonly #milliseconds = new Map<string, number>()

  constructor(noted: Iterable<Reached>) {
    for (const { test, functions, milliseconds } of noted) {
      for (const name of functions) {
        if (test === null) this.#loaded.add(name)
        else (this.#tests.get(name) ?? this.#tests.set(name, new Set()).get(name)!).add(test)
      }
      if (test !== null) this.#milliseconds.set(test, milliseconds)
    }
  }

  /**
   * The files of tests that may notice a mutant, quick ones first: those that reach its function. Code that runs when
   * a module is loaded may show anywhere; then all others come second, where nobody of the first group notices.
   */
  testsFor({ file, scope }: Placed): [first: string[], then: string[]] {
    const name = probeName(file, scope ?? 0)
    const whenLoaded = scope === null || this.#loaded.has(name)
    const near = new Set<string>()
    for (const [reached, tests] of this.#tests) {
      const isNear = whenLoaded ? reached.startsWith(`${file}#`) && !this.#loaded.has(reached) : reached === name
      if (isNear) for (const test of tests) near.add(test)
    }
    const others = whenLoaded ? [...this.#milliseconds.keys()].filter((test) => !near.has(test)) : []
    return [this.#quickFirst([...near]), this.#quickFirst(others)]
  }

  #quickFirst(tests: readonly string[]): string[] {
    return tests.toSorted((a, b) => (this.#milliseconds.get(a) ?? 0) - (this.#milliseconds.get(b) ?? 0))
  }
}

/**
 * Run all tests once with probes in some files.
 * @throws Error for a test that fails without any mutant
 */
export async function findReach(root: string, files: readonly string[]): Promise<Reach> {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-reached-'))
  try {
    const env = { [ENVIRONMENT.probed]: JSON.stringify(files), [ENVIRONMENT.reached]: folder }
    const { ended, failed } = await vitest(root, ['--maxWorkers=2'], env, 'unlimited')
    if (!ended || failed !== null)
      throw new Error(`The tests have to pass before they can judge: ${failed ?? 'they did not end'}.`)
    const noted = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Reached)
    return new Reach(noted)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Whether some tests notice a mutant; the first that does ends the run. */
export async function judge(root: string, mutant: Placed, tests: readonly string[]): Promise<Verdict> {
  if (tests.length === 0) return { killed: false, by: null }
  const env = { [ENVIRONMENT.mutant]: JSON.stringify(mutant) }
  const { ended, failed } = await vitest(root, ['--bail=1', ...tests], env)
  if (!ended) return { killed: true, by: 'the tests did not end' }
  return { killed: failed !== null, by: failed }
}

/** No process works so long unless it never ends. Of time that passes, a busy machine may need much more. */
const MAX_CPU_SECONDS = 300
const MAX_MILLISECONDS = 60 * 60_000

interface Ran {
  /** Not ended by us. */
  readonly ended: boolean
  /** The first test that failed, or `null`. */
  readonly failed: string | null
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

async function vitest(
  root: string,
  args: readonly string[],
  env: object,
  cpuSeconds: number | 'unlimited' = MAX_CPU_SECONDS,
): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-mutation-'))
  const report = join(folder, 'report.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const config = join(root, 'scripts/mutation/vitest.config.ts')
  const options = ['run', '--config', config, '--reporter=json', `--outputFile=${report}`, ...args]
  // A group of its own: where it has to be ended, so have its workers. They would also outlive us.
  const limited = `ulimit -t ${cpuSeconds}; exec "$@"`
  const child = spawn('/bin/sh', ['-c', limited, 'sh', process.execPath, vitest, ...options], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'ignore',
    detached: true,
  })
  let ended = true
  const timer = setTimeout(() => {
    ended = false
    endGroup(child)
  }, MAX_MILLISECONDS)
  const endWithUs = () => endGroup(child)
  process.on('exit', endWithUs)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  process.off('exit', endWithUs)
  clearTimeout(timer)
  const failed = ended && code !== 0 ? firstFailure(root, report) : null
  rmSync(folder, { recursive: true })
  return { ended, failed }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

function firstFailure(root: string, file: string): string {
  let report: Report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return 'the tests could not be run'
  }
  for (const { name, status, assertionResults } of report.testResults) {
    const test = assertionResults.find((one) => one.status === 'failed')
    if (test) return `${relative(root, name)}: ${test.fullName}`
    if (status === 'failed') return `${relative(root, name)} could not be loaded`
  }
  return 'something outside of tests failed'
}
