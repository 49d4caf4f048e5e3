/**
 * Sends odd things to everything that takes something, the same for the same seed, and says what fails: an internal
 * error, a request without an answer, an answer that is not what its type says, memory or delays that grow.
 *
 * usage: npm run fuzz -- [--seed N] [--cases N] [--only TARGET] [--batch N]
 * A case that fails is told with its target, batch and number; `--only TARGET --batch N` runs its batch again.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { FuzzRandom } from './fuzz/random.ts'
import { FUZZ_TARGETS, type FuzzTarget } from './fuzz/targets.ts'

const BATCH = 100
/** Longest time that one case may take; what nobody answers takes longer. */
const MOST_MILLISECONDS = 20_000
/** What the heap may have grown by after all that fills up once. */
const MOST_GROWTH = 120 * 2 ** 20
/** How long nothing else may have its turn, on a machine that has other things to do. */
const MOST_DELAY = 5_000
const MOST_SHOWN = 20

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    cases: { type: 'string', default: '10000' },
    only: { type: 'string' },
    batch: { type: 'string' },
  },
})
const seed = Number(values.seed)
const cases = Number(values.cases)
const targets = FUZZ_TARGETS.filter(({ name }) => values.only === undefined || name === values.only)
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(cases) || targets.length === 0) {
  console.error(
    `Failed to begin: write numbers for --seed and --cases, and one of ${FUZZ_TARGETS.map(({ name }) => name).join(', ')} for --only.`,
  )
  process.exit(2)
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
const heap = () => {
  collect()
  return process.memoryUsage().heapUsed
}

let failures = 0
let done = 0
const told = new Set<string>()

function tell(target: string, batch: number, at: number, problem: string): void {
  failures++
  // The same place fails the same way for many.
  const kind = /at .*\/(?:src|handlers|occ)\/.*/.exec(problem)?.[0] ?? problem.replace(/\d+/g, 'N').slice(0, 200)
  if (told.has(kind) || told.size >= MOST_SHOWN) return
  told.add(kind)
  console.error(
    `FAILED ${target}, batch ${batch}, case ${at} (--seed ${seed} --only ${target} --batch ${batch}):\n${problem.slice(0, 3000)}\n`,
  )
}

async function inTime(work: Promise<string | null>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${MOST_MILLISECONDS / 1000} s`), MOST_MILLISECONDS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function runBatch({ name, begin }: FuzzTarget, batch: number): Promise<void> {
  const { run, end } = await begin()
  const random = new FuzzRandom(seed * 1_000_003 + batch * 7919 + name.length)
  for (let at = 0; at < BATCH; at++) {
    const problem = await inTime(
      run(random).catch((error: unknown) => `the case itself: ${error instanceof Error ? error.stack : error}`),
    )
    if (problem !== null) tell(name, batch, at, problem)
    done++
  }
  await end?.()
}

const delay = monitorEventLoopDelay()
process.on('unhandledRejection', (error) =>
  tell('process', 0, 0, `unhandled: ${error instanceof Error ? error.stack : error}`),
)
const turns = targets.flatMap((target) => Array.from({ length: target.weight }, () => target))
const started = performance.now()
let before: number | null = null
if (values.batch !== undefined) await runBatch(targets[0]!, Number(values.batch))
else
  for (let batch = 0; done < cases; batch++) {
    // Each target has its share, spread over all batches.
    const target = turns[(batch * 37) % turns.length]!
    await runBatch(target, batch)
    if (before === null && done >= Math.min(cases / 4, 20_000)) {
      before = heap()
      delay.enable()
    }
  }
const growth = before === null ? 0 : heap() - before
const longest = delay.max / 1e6
const seconds = (performance.now() - started) / 1000
console.log(
  `seed ${seed}: ${done} cases in ${seconds.toFixed(0)} s, ${failures} failed; the heap grew by ${(growth / 2 ** 20).toFixed(1)} MB, the longest delay was ${longest.toFixed(0)} ms.`,
)
if (growth > MOST_GROWTH) console.error(`The heap grew by more than ${MOST_GROWTH / 2 ** 20} MB.`)
if (longest > MOST_DELAY) console.error(`Something took longer than ${MOST_DELAY} ms.`)
process.exit(failures > 0 || growth > MOST_GROWTH || longest > MOST_DELAY ? 1 : 0)
