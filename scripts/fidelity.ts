/**
 * Replays the recorded corpus against the fake and compares each area with the floors in `fidelity.json`.
 *
 * usage: npm run fidelity -- [--area REGEXP] [--show N] [--show-below LEVEL] [--raise]
 * The corpus is looked for in $OCS_MOCK_CORPUS and in ../shared/corpus. Exit code 1: an area fell below its floor.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startServer } from '../src/adapters/node-server.ts'
import { ControlledMock } from '../src/control/controlled-mock.ts'
import { OcsMock } from '../src/mock.ts'

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

const folder = resolve(process.env.OCS_MOCK_CORPUS ?? '../shared/corpus')
if (!existsSync(join(folder, 'replay.mjs'))) {
  console.log(`No corpus in ${folder}: nothing was replayed. Set OCS_MOCK_CORPUS to where it is.`)
  process.exit(0)
}

const server = await startServer(new ControlledMock(new OcsMock({ onNotBuilt: () => {} })))
const recordings = ['written', 'sweep', 'random'].map((name) => join(folder, 'nextcloud-34.0.1', `${name}.json`))
const output = await replay(recordings)
await server.close()
process.stdout.write(output)
process.exitCode = judge(measured(output))

function replay(files: readonly string[]): Promise<string> {
  const args = [join(folder, 'replay.mjs'), server.url, '--reset', 'POST /__admin/reset']
  args.push('--show', options.show, '--show-below', options['show-below'])
  if (options.area) args.push('--area', options.area)
  const child = spawn(process.execPath, [...args, ...files], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  return new Promise((done) => child.on('close', () => done(text)))
}

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
