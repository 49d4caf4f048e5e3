/**
 * Checks the tests by mutation: takes some of all small changes that could be made to `src/world`, `src/line` and
 * `handlers`, and says which of them the tests notice, apart from those of the verifier. No file is changed: a mutant is in memory only.
 *
 * usage: npm run mutate -- [--seed 1] [--count 40] [--only src/world/sharing | --only FILE:LINE] [--jobs 2] [--write]
 *        [--tests test/handlers/files_lock]
 *
 * `--tests` asks these tests alone, instead of finding out which reach the mutants, which runs all of them once.
 * `--write` states the share in `mutation.json`. Exit code 1: the share is below the one that stands there.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { EQUIVALENTS } from './mutation/equivalents.ts'
import type { Placed } from './mutation/plugin.ts'
import { type Judged, type MutationResult, resultOf, type Shown, show } from './mutation/result.ts'
import { findReach, judge } from './mutation/run.ts'
import { mutableFiles, sampleMutants } from './mutation/sample.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const statement = join(root, 'mutation.json')
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '40' },
    only: { type: 'string' },
    tests: { type: 'string', multiple: true },
    jobs: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
  },
})

// Leaving by a signal ends what runs, as leaving does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

const [path, line] = options.only?.split(':') ?? []
const files = mutableFiles(root, path)
const sample = sampleMutants(root, files, {
  seed: Number(options.seed),
  count: Number(options.count),
  ...(line === undefined ? {} : { line: Number(line) }),
})
if (sample.length === 0) {
  console.error(`Nothing to mutate below ${options.only}.`)
  process.exit(2)
}
if (!options.tests) console.log(`${sample.length} mutants. Which tests reach them …`)
const reach = options.tests ? null : await findReach(root, [...new Set(sample.map(({ file }) => file))])
const testsFor = (mutant: Placed) => reach?.testsFor(mutant) ?? ([options.tests ?? [], []] as const)

const judged: Judged[] = new Array(sample.length)
const left = sample.map((mutant, index) => ({ mutant, index }))
let done = 0
await Promise.all(
  Array.from({ length: Number(options.jobs) }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const one = await judgeOne(next.mutant)
      judged[next.index] = one
      say(one, ++done)
    }
  }),
)

const result = resultOf(Number(options.seed), judged)
console.log(`\n${shareLine(result)}`)
if (options.write) writeFileSync(statement, `${JSON.stringify(result, null, 1)}\n`)
else process.exitCode = result.share < stated(statement) ? 1 : 0

async function judgeOne(mutant: Placed): Promise<Judged> {
  const shown = show(mutant, readFileSync(join(root, mutant.file), 'utf8'))
  const equivalent = equivalentReason(mutant.file, shown)
  if (equivalent !== null) return { mutant, shown, equivalent, killed: false, by: null }
  const [first, then] = testsFor(mutant)
  if (first.length + then.length === 0) return { mutant, shown, equivalent, killed: false, by: 'no test comes here' }
  const verdict = await judge(root, mutant, first)
  return { mutant, shown, equivalent, ...(verdict.killed ? verdict : await judge(root, mutant, then)) }
}

function equivalentReason(file: string, { before, after }: Shown): string | null {
  const known = EQUIVALENTS.find((one) => one.file === file && one.before === before && one.after === after)
  return known?.reason ?? null
}

function say({ mutant, shown, equivalent, killed, by }: Judged, count: number): void {
  const verdict = equivalent === null ? (killed ? 'killed' : 'SURVIVED') : 'equivalent'
  const why = equivalent ?? by
  console.log(`[${count}/${sample.length}] ${verdict} ${shown.place} (${mutant.kind})${why === null ? '' : `: ${why}`}`)
  if (verdict === 'SURVIVED') console.log(`  - ${shown.before}\n  + ${shown.after}`)
}

function shareLine({ share, areas, equivalent }: MutationResult): string {
  const parts = Object.entries(areas).map(([area, { killed, of }]) => `${area} ${killed} of ${of}`)
  return `${(share * 100).toFixed(1)} % killed: ${parts.join(', ')}${equivalent > 0 ? `; ${equivalent} equivalent` : ''}`
}

/** What the repository states; a sample of a part is not judged by it. */
function stated(file: string): number {
  if (options.only !== undefined || options.tests !== undefined) return 0
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as MutationResult).share
  } catch {
    return 0
  }
}
