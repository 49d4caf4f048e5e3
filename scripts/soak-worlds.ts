/**
 * Mixed load on one built server for some minutes: a hundred worlds of workers, scenarios and resets, 500 connections
 * of which 300 send and read slowly. Prints what the heap is every half a minute, and its slope at the end.
 *
 * usage: npm run soak:worlds [-- --minutes 10]
 * Exit code 1: a request was not answered, or the heap grows.
 */
import { connect } from 'node:net'
import { parseArgs } from 'node:util'
import { startServer } from '../bench/support.ts'

const WORLDS = 100
const SLOW = 300
const QUICK = 200
/** Between two bytes of a slow caller. */
const DRIP = 250
const SAMPLE = 30_000
/** What caches fill up in. */
const WARM_UP = 0.3
/** Bytes that the heap may grow by in a minute: less than its samples differ by. */
const MOST_SLOPE = 256 * 1024

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
const minutes = Number(values.minutes)
const server = await startServer('ours.mjs', [], ['--expose-gc'])
const { port } = new URL(server.url)
const end = performance.now() + minutes * 60_000
const admin = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true', Accept: 'application/json' }
const failures: string[] = []
let answered = 0

const isOver = () => performance.now() >= end
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

type Work = (base: string, turn: number) => readonly [path: string, init?: RequestInit]

const WORK: readonly Work[] = [
  (base) => [`${base}/ocs/v2.php/cloud/capabilities`],
  (base) => [`${base}/ocs/v1.php/cloud/users`],
  (base, turn) => [
    `${base}/ocs/v2.php/cloud/groups`,
    { method: 'POST', body: new URLSearchParams({ groupid: `g${turn}` }) },
  ],
  (base, turn) => [
    `${base}/remote.php/dav/files/admin/${turn % 50}.txt`,
    { method: 'PUT', body: 'x'.repeat(turn % 5000) },
  ],
  (base) => [`${base}/remote.php/dav/files/admin/`, { method: 'PROPFIND', headers: { ...admin, Depth: '1' } }],
  (base) => [`${base}/ocs/v2.php/no/such/route`],
  (base) => [`${base}/__admin/scenarios/quota-exceeded/start`, { method: 'POST' }],
  (base) => [`${base}/__admin/scenarios/quota-exceeded/advance`, { method: 'POST' }],
  (base) => [`${base}/__admin/clock`, { method: 'POST', body: '{"advance":"1h"}' }],
  (base) => [`${base}/__admin/requests/count`, { method: 'POST', body: '{"method":"GET"}' }],
  (base) => [`${base}/__admin/reset`, { method: 'POST' }],
]

async function quickCaller(number: number): Promise<void> {
  // Callers begin all over the round, so that each world is reset again and again.
  for (let turn = number * 37; !isOver(); turn++) {
    const [path, init = {}] = WORK[turn % WORK.length]!(`/w/${turn % WORLDS}`, turn)
    try {
      const response = await fetch(server.url + path, { headers: admin, ...init, signal: AbortSignal.timeout(30_000) })
      await response.arrayBuffer()
      answered++
    } catch (error) {
      failures.push(`${path}: ${error}`)
    }
    await pause(20)
  }
}

/** Sends its request byte by byte and reads the answer as slowly. */
function slowRequest(): Promise<boolean> {
  const text = 'GET /status.php HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  return new Promise((resolve) => {
    let received = ''
    let at = 0
    const socket = connect(Number(port), '127.0.0.1')
    const drip = setInterval(() => {
      if (at >= text.length) clearInterval(drip)
      socket.write(text.slice(at, at + 4))
      at += 4
    }, DRIP)
    socket.on('data', (chunk) => {
      received += chunk.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(drip)
      resolve(received.startsWith('HTTP/1.1 200'))
    })
  })
}

async function slowCaller(): Promise<void> {
  while (!isOver()) {
    if (await slowRequest()) answered++
    else failures.push('a slow request was not answered')
  }
}

const samples: { minute: number; heap: number }[] = []

async function sample(): Promise<void> {
  const started = performance.now()
  while (!isOver()) {
    await pause(Math.min(SAMPLE, Math.max(0, end - performance.now())))
    const { heap, rss } = await server.usage()
    const minute = (performance.now() - started) / 60_000
    samples.push({ minute, heap })
    console.log(
      `minute ${minute.toFixed(1)}: heap ${megabytes(heap)}, RSS ${megabytes(rss)}, ${answered} answered, ${failures.length} not`,
    )
  }
}

await Promise.all([
  sample(),
  ...Array.from({ length: QUICK }, (_, number) => quickCaller(number)),
  ...Array.from({ length: SLOW }, slowCaller),
])
await server.stop()

const slope = slopeOf(samples.slice(Math.floor(samples.length * WARM_UP)))
console.log(
  `${answered} requests over ${WORLDS} worlds in ${minutes} minutes, ${failures.length} not answered; the heap grows by ${(slope / 1024).toFixed(1)} KB a minute.`,
)
for (const failure of failures.slice(0, 5)) console.error(failure)
process.exit(failures.length > 0 || slope > MOST_SLOPE ? 1 : 0)

/** Bytes a minute, by least squares. */
function slopeOf(points: readonly { minute: number; heap: number }[]): number {
  const mean = (pick: (point: { minute: number; heap: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const [minute, heap] = [mean((point) => point.minute), mean((point) => point.heap)]
  const above = points.reduce((sum, point) => sum + (point.minute - minute) * (point.heap - heap), 0)
  const below = points.reduce((sum, point) => sum + (point.minute - minute) ** 2, 0)
  return below === 0 ? 0 : above / below
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`
}
