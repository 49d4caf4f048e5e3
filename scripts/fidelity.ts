/**
 * Replays the recorded corpus against the fake and compares each area with the floors in `fidelity.json`.
 *
 * usage: npm run fidelity -- [--area REGEXP] [--show N] [--show-below LEVEL] [--raise]
 * The corpus is looked for in $OCS_MOCK_CORPUS and in ../shared/corpus. Exit code 1: an area fell below its floor.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { OcsMock } from '#mock.ts'
import { findCorpus, replay } from './corpus.ts'

interface Floor {
  readonly values: number
  readonly bytes: number
}

const floorsFile = new URL('../fidelity.json', import.meta.url)
const { values: options } = parseArgs({
  options: {
    area: { type: 'string' },
    show: { type: 'string', default: '0' },
    'show-below': { type: 'string', default: '5' },
    raise: { type: 'boolean', default: false },
  },
})

const corpus = findCorpus()
const server = await startServer(new ControlledMock(new OcsMock({ onNotBuilt: () => {} })))
const shown = ['--show', options.show, '--show-below', options['show-below']]
const output = await replay(corpus, server.url, options.area ? [...shown, '--area', options.area] : shown)
await server.close()
process.stdout.write(output)
process.exitCode = judge(measured(output))

function measured(text: string): Map<string, Floor> {
  const rows = text.matchAll(/^(.+?)\s+n=\s*\d+ .*values\s+([\d.]+)%\s+bytes\s+([\d.]+)%$/gm)
  return new Map(
    [...rows].map(([, area, values, bytes]) => [area!.trim(), { values: Number(values), bytes: Number(bytes) }]),
  )
}

function judge(levels: ReadonlyMap<string, Floor>): number {
  const floors: Record<string, Floor> = existsSync(floorsFile) ? JSON.parse(readFileSync(floorsFile, 'utf8')) : {}
  let failed = 0
  for (const [area, floor] of Object.entries(floors)) {
    const level = levels.get(area)
    if (!level && options.area) continue
    for (const kind of ['values', 'bytes'] as const) {
      if (level && level[kind] >= floor[kind]) continue
      failed++
      console.error(
        `${area}: ${kind} ${level ? `${level[kind]} %` : 'not measured'}, below the floor of ${floor[kind]} %.`,
      )
    }
  }
  if (options.raise) {
    for (const [area, level] of levels) {
      if (area === 'ALL' && options.area) continue
      floors[area] = {
        values: Math.max(level.values, floors[area]?.values ?? 0),
        bytes: Math.max(level.bytes, floors[area]?.bytes ?? 0),
      }
    }
    writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`)
  }
  return failed > 0 ? 1 : 0
}
