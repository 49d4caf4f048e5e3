/**
 * Replays the recorded corpus again and again against one built server, and prints what it keeps after each round.
 *
 * usage: npm run soak [-- --rounds 10]
 * The corpus is looked for in $OCS_MOCK_CORPUS and in ../shared/corpus. Exit code 1: its memory grew, or it answered
 * the last round in another way than the first.
 */
import { parseArgs } from 'node:util'
import { startServer } from '../bench/support.ts'
import { findCorpus, replay } from './corpus.ts'

/**
 * What the heap may be larger at the end than after the rounds in which caches fill up. V8 goes on compiling what is
 * called now and then for more than ten rounds; a leak of a hundred bytes for each request would be more than that.
 */
const MOST_GROWTH = 1.1
const WARM_UP_ROUNDS = 3

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' } } })
const rounds = Number(values.rounds)
if (!Number.isSafeInteger(rounds) || rounds <= WARM_UP_ROUNDS) {
  console.error(`Failed to soak: --rounds is "${values.rounds}". Write a number from ${WARM_UP_ROUNDS + 1} on.`)
  process.exit(2)
}

const corpus = findCorpus()
const server = await startServer('ours.mjs', [], ['--expose-gc'])
const heaps: number[] = []
const results: string[] = []
for (let round = 1; round <= rounds; round++) {
  const started = performance.now()
  results.push(lastLine(await replay(corpus, server.url)))
  const seconds = Math.round((performance.now() - started) / 1000)
  const { heap, rss } = await server.usage()
  heaps.push(heap)
  console.log(`round ${round}: heap ${megabytes(heap)}, RSS ${megabytes(rss)}, ${seconds} s; ${results.at(-1)}`)
}
const health = await fetch(`${server.url}/__admin/health`)
await server.stop()

const growth = heaps.at(-1)! / heaps[WARM_UP_ROUNDS - 1]!
console.log(
  `heap after round ${rounds}, beside round ${WARM_UP_ROUNDS}: ${growth.toFixed(3)}; health: ${health.status}`,
)
const isSame = results.every((result) => result === results[0])
if (!isSame) console.error('Not all rounds were answered alike.')
if (growth > MOST_GROWTH) console.error(`The heap grew by more than ${MOST_GROWTH}.`)
process.exitCode = isSame && growth <= MOST_GROWTH && health.ok ? 0 : 1

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)!.replace(/ +/g, ' ')
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`
}
