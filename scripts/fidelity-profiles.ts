/**
 * Replays what was recorded of other versions against their profiles and compares each with its floor in
 * `fidelity-profiles.json`.
 *
 * usage: npm run fidelity:profiles -- [--only REGEXP] [--area REGEXP] [--show N] [--show-below LEVEL] [--raise]
 * The corpus is looked for in $OCS_MOCK_CORPUS and in ../shared/corpus: folders such as `nextcloud-33.0.0` that hold a
 * `recorded.json.gz`. Exit code 1: a profile fell below its floor.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { OcsMock } from '#mock.ts'
import { loadNearest } from '#profiles/nearest.ts'
import { findCorpus, replay, replayWide } from './corpus.ts'

interface Floor {
  readonly values: number
  readonly bytes: number
}

const floorsFile = new URL('../fidelity-profiles.json', import.meta.url)
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    area: { type: 'string' },
    show: { type: 'string', default: '0' },
    'show-below': { type: 'string', default: '5' },
    raise: { type: 'boolean', default: false },
  },
})

/** Products whose recordings know cookies and headers, and the time of each step. */
const RECORDED_WIDELY = ['owncloud']

const { folder: corpus, replayer } = findCorpus()
const floors: Record<string, Floor> = existsSync(floorsFile) ? JSON.parse(readFileSync(floorsFile, 'utf8')) : {}
for (const folder of recordedVersions(corpus)) {
  const level = await measure(folder)
  console.log(`${folder}: values ${level.values} %, bytes ${level.bytes} %`)
  if (options.area) continue
  const floor = floors[folder] ?? { values: 0, bytes: 0 }
  for (const kind of ['values', 'bytes'] as const) {
    if (level[kind] >= floor[kind]) continue
    console.error(`${folder}: ${kind} ${level[kind]} %, below the floor of ${floor[kind]} %.`)
    process.exitCode = 1
  }
  floors[folder] = { values: Math.max(level.values, floor.values), bytes: Math.max(level.bytes, floor.bytes) }
}
if (options.raise) writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`)

/** Folders of other versions than the one that `npm run fidelity` replays. */
function recordedVersions(corpus: string): string[] {
  return readdirSync(corpus)
    .filter((name) => /^[a-z]+-\d[\d.]*$/.test(name) && existsSync(join(corpus, name, 'recorded.json.gz')))
    .filter((name) => new RegExp(options.only).test(name))
    .sort()
}

/** Replay what was recorded of a version against the profile that is nearest to it. */
async function measure(folder: string): Promise<Floor> {
  const [, product, version] = /^([a-z]+)-(.+)$/.exec(folder)!
  const profile = await loadNearest(product!, version!)
  const server = await startServer(new ControlledMock(new OcsMock({ profile, onNotBuilt: () => {} })))
  const recordings = [join(corpus, folder, 'recorded.json.gz')]
  const area = options.area ? ['--area', options.area] : []
  const shown = ['--show', options.show, ...area]
  const output = RECORDED_WIDELY.includes(product!)
    ? await replayWide({ replayer: join(corpus, 'replay-wide.mjs'), recordings }, server.url, shown)
    : await replay({ replayer, recordings }, server.url, [...shown, '--show-below', options['show-below']])
  await server.close()
  if (options.show !== '0') process.stdout.write(output)
  return levelsIn(output)
}

/** The shares of all exchanges that match in values and in bytes: both programs print a line `ALL`, one of them a table. */
function levelsIn(output: string): Floor {
  const [, values, bytes] =
    /^ALL .*values\s+([\d.]+)%\s+bytes\s+([\d.]+)%$/m.exec(output) ??
    /^ALL(?:\s+[\d.]+){4}\s+([\d.]+)\s+([\d.]+)\s+[\d.]+$/m.exec(output) ??
    []
  return { values: Number(values), bytes: Number(bytes) }
}
