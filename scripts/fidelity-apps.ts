/**
 * Replays what was recorded of apps of the store against their doubles, and compares with the floors in
 * `fidelity-apps.json`: of Notes against ours, of others against an app that is made of its published document.
 *
 * usage: npm run fidelity:apps -- [--show N] [--raise]
 * The corpus is looked for in $OCS_MOCK_CORPUS and in ../shared/corpus, the documents beside it in openapi/apps.
 * Exit code 1: an app fell below its floor.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { manifest } from '#handlers/index.ts'
import { OcsMock } from '#mock.ts'
import { fromOpenApi } from '#openapi/from-openapi.ts'
import { findCorpus, replayWide } from './corpus.ts'

/** Percentages of the exchanges that are the same up to a level. */
type Levels = Readonly<Record<'status' | 'shape' | 'values', number>>

const floorsFile = new URL('../fidelity-apps.json', import.meta.url)
const { values: options } = parseArgs({
  options: { show: { type: 'string', default: '0' }, raise: { type: 'boolean', default: false } },
})
const floors: Record<string, Levels> = existsSync(floorsFile) ? JSON.parse(readFileSync(floorsFile, 'utf8')) : {}
const { wide, folder } = findCorpus()

for (const file of existsSync(join(folder, 'apps')) ? readdirSync(join(folder, 'apps')).sort() : []) {
  const [, recorded, app] = /^((\w+)-[\d.]+)\.json\.gz$/.exec(file) ?? []
  if (!recorded || !app || !wide) continue
  const levels = await measure(recorded, app, join(folder, 'apps', file))
  console.log(
    `${recorded}: ${Object.entries(levels)
      .map(([name, level]) => `${name} ${level} %`)
      .join(', ')}`,
  )
  for (const [name, floor] of Object.entries(floors[recorded] ?? {})) {
    const level = levels[name as keyof Levels]
    if (level >= floor) continue
    console.error(`${recorded}: ${name} ${level} %, below the floor of ${floor} %.`)
    process.exitCode = 1
  }
  floors[recorded] = levels
}
if (options.raise) writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`)

async function measure(recorded: string, app: string, recording: string): Promise<Levels> {
  const isOurs = manifest.apps.some(({ id }) => id === app)
  const document = join(folder, '..', 'openapi', 'apps', `${recorded}.json`)
  const apps = isOurs ? [] : [fromOpenApi(JSON.parse(readFileSync(document, 'utf8')))]
  const seed = { apps: { enabled: [app] } }
  const server = await startServer(new ControlledMock(new OcsMock({ apps, seed, onNotBuilt: () => {} })))
  const output = await replayWide({ replayer: wide!.replayer, recordings: [recording] }, server.url, [
    '--show',
    options.show,
  ])
  await server.close()
  if (options.show !== '0') process.stdout.write(output)
  const [status, , shape, values] = (/^ALL\s+\d+\s+(.*)$/m.exec(output)?.[1] ?? '').split(/\s+/).map(Number)
  return { status: status ?? 0, shape: shape ?? 0, values: values ?? 0 }
}
