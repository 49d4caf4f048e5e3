import {
  AUTHORIZED,
  CAPABILITIES,
  type Figure,
  plainFigure,
  ratioFigure,
  runProcess,
  type Server,
  startServer,
} from './support.ts'

const ROUNDS = 7
const MILLISECONDS = 1500
/** Until the code of both is compiled, however busy the machine is. */
const WARM_UP_REQUESTS = 20_000
const CONNECTIONS = 16

/** Requests per second of CPU that the server's process used, beside bare node:http that sends the same bytes. */
export async function throughput(): Promise<Figure[]> {
  const ours = await startServer('ours.mjs')
  const bare = await startServer('bare.mjs', [JSON.stringify(await answerOf(ours))])
  for (const server of [ours, bare]) await rate(server, { times: WARM_UP_REQUESTS })
  const rates = { ours: [] as number[], bare: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    rates.ours.push(await rate(ours, { milliseconds: MILLISECONDS }))
    rates.bare.push(await rate(bare, { milliseconds: MILLISECONDS }))
  }
  await Promise.all([ours.stop(), bare.stop()])
  const ratios = rates.ours.map((value, i) => value / rates.bare[i]!)
  return [
    ratioFigure('requests per CPU second, beside bare node:http', ratios, { atLeast: 0.5 }),
    plainFigure('  ours, at best', `${Math.round(Math.max(...rates.ours))}/s`),
    plainFigure('  bare, at best', `${Math.round(Math.max(...rates.bare))}/s`),
  ]
}

/** Status, headers and body that our server sends, without what Node adds by itself. */
async function answerOf({ url }: Server): Promise<{ status: number; headers: [string, string][]; body: string }> {
  const response = await fetch(url + CAPABILITIES, { headers: AUTHORIZED })
  const added = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])
  const headers = [...response.headers].filter(([name]) => !added.has(name))
  return { status: response.status, headers, body: await response.text() }
}

async function rate(server: Server, duration: { milliseconds: number } | { times: number }): Promise<number> {
  const { port, host } = new URL(server.url)
  const head = Object.entries({ Host: host, ...AUTHORIZED }).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = `GET ${CAPABILITIES} HTTP/1.1\r\n${head.join('')}\r\n`
  const before = await server.usage()
  const load = { port: Number(port), request, connections: CONNECTIONS, ...duration }
  const answers = Number(await runProcess('load.mjs', [JSON.stringify(load)]))
  const after = await server.usage()
  return (answers * 1e6) / (after.microseconds - before.microseconds)
}
