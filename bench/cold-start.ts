import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  AUTHORIZED,
  CAPABILITIES,
  type Figure,
  firstLine,
  median,
  plainFigure,
  processFile,
  ratioFigure,
  stop,
} from './support.ts'

const ROUNDS = 15
const PROGRAM = fileURLToPath(new URL('../dist/bin/ocs-mock.js', import.meta.url))

/** From the start of the process to the last byte of the first answer, beside bare node:http. */
export async function coldStart(): Promise<Figure[]> {
  const ours = ['serve', '--port', '0', '--quiet']
  const times = { ours: [] as number[], bare: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await firstAnswer([PROGRAM, ...ours]))
    times.bare.push(await firstAnswer([processFile('bare.mjs')]))
  }
  const ratios = times.ours.map((time, i) => time / times.bare[i]!)
  return [
    ratioFigure('cold start to the first answer, beside bare node:http', ratios, { atMost: 1.6 }),
    plainFigure('  ours, in the middle', `${Math.round(median(times.ours))} ms`),
    plainFigure('  bare, in the middle', `${Math.round(median(times.bare))} ms`),
    ...phases(),
  ]
}

/** Where it goes: CPU of each phase, in the middle of several starts. */
function phases(): Figure[] {
  const runs = Array.from({ length: 7 }, (): [name: string, until: number][] =>
    JSON.parse(spawnSync(process.execPath, [processFile('phases.mjs')], { encoding: 'utf8' }).stdout),
  )
  return runs[0]!.map(([name], i) => {
    const spent = runs.map((run) => run[i]![1] - (run[i - 1]?.[1] ?? 0))
    return plainFigure(`  CPU of ${name}`, `${Math.round(median(spent))} ms`)
  })
}

async function firstAnswer(command: readonly string[]): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await firstLine(child)
  await (await fetch(url + CAPABILITIES, { headers: AUTHORIZED })).text()
  const time = performance.now() - started
  await stop(child)
  return time
}
