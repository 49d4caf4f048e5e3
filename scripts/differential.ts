/**
 * Sends the same sessions to a fake and to a real server, the same for the same seed, and says in what their answers
 * differ, each kind of difference by the shortest session that shows it. Both begin as fresh installations; what a
 * session makes is its own and is removed again.
 *
 * usage: npm run differential -- FAKE REAL [--seed N] [--sessions N] [--minutes N] [--length N] [--admin USER:PASSWORD]
 *                                          [--app REGEXP] [--known FILE] [--found FILE]
 *   --known FILE  differences that are to be, with the reason; default: scripts/differential/known.json
 *   --found FILE  kinds of differences, a line each, that are not told again; what is found is added
 * Exit code 1: something differs that was not known.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Explorer } from './differential/explore.ts'
import { harmlessOperations } from './differential/operations.ts'
import { describeStep } from './differential/step.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    sessions: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '60' },
    length: { type: 'string', default: '24' },
    admin: { type: 'string', default: 'admin:admin' },
    app: { type: 'string', default: '' },
    known: { type: 'string', default: fileURLToPath(new URL('differential/known.json', import.meta.url)) },
    found: { type: 'string' },
  },
})
const [fake, real] = positionals.map((url) => url.replace(/\/$/, ''))
const [seed = 0, sessions = 0, minutes = 0, length = 0] = [
  values.seed,
  values.sessions,
  values.minutes,
  values.length,
].map(Number)
if (fake === undefined || real === undefined || ![seed, sessions, minutes, length].every(Number.isFinite)) {
  console.error('usage: npm run differential -- FAKE REAL [--seed N] [--sessions N] [--minutes N] [--length N]')
  process.exit(2)
}

/** A kind of difference that stays, and why. */
interface Listed {
  /** A regular expression. */
  readonly kind: string
  readonly why: string
}

const { found: file, admin } = values
const listed: readonly Listed[] = JSON.parse(readFileSync(values.known, 'utf8'))
const patterns = listed.map(({ kind }) => new RegExp(kind))
const end = Date.now() + minutes * 60_000
const explorer = new Explorer({
  ...{ fake, real, admin, seed, sessions, length },
  operations: await harmlessOperations(new RegExp(values.app)),
  known: new Set(file && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []),
  isListed: (kind) => patterns.some((pattern) => pattern.test(kind)),
  isOver: () => Date.now() >= end,
})
let told = 0
for await (const { kind, session, difference, steps } of explorer.explore()) {
  told++
  if (file) appendFileSync(file, `${kind}\n`)
  console.log(`\n${kind}`)
  if (steps === null) console.log(`  (once, in session ${session} of seed ${seed})`)
  for (const step of steps ?? []) console.log(`  ${describeStep(step)}`)
  console.log(`  ${difference.where}: the fake says ${difference.expected}, the real one ${difference.got}`)
}
console.log(
  `\nseed ${seed}: ${explorer.sessions} sessions of ${length} requests, sent ${explorer.runs} times in all; ${told} kinds of differences.`,
)
process.exit(told > 0 ? 1 : 0)
