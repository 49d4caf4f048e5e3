/**
 * Replays what was recorded of apps of the store against their doubles, and compares with the floors in
 * `fidelity-apps.json`: against ours, and against an app that is made of the published document.
 *
 * usage: npm run fidelity:apps -- [--show N] [--raise]
 * The corpus is looked for in $OCS_MOCK_CORPUS and in ../shared/corpus, the documents beside it in openapi/apps.
 * Exit code 1: an app fell below its floor.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServer } from '#adapters/node-server.ts'
import type { OcsApp } from '#app/define-app.ts'
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

const recordings = (existsSync(join(folder, 'apps')) ? readdirSync(join(folder, 'apps')).sort() : []).flatMap(
  (file) => {
    const [, recorded, app] = /^((\w+)-[\d.]+)\.json\.gz$/.exec(file) ?? []
    return recorded && app ? [{ file, recorded, app }] : []
  },
)
/** They were recorded on one server. */
const recordedApps = recordings.map(({ app }) => app)

for (const { file, recorded, app } of wide ? recordings : []) {
  const recording = join(folder, 'apps', file)
  const document = join(folder, '..', 'openapi', 'apps', `${recorded}.json`)
  if (manifest.apps.some(({ id }) => id === app)) report(recorded, await measure([], recording))
  if (!existsSync(document)) continue
  const fromDocument = fromOpenApi(JSON.parse(readFileSync(document, 'utf8')))
  report(`${recorded} from its document`, await measure([fromDocument], recording))
}
if (options.raise) writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`)

function report(title: string, levels: Levels): void {
  const words = Object.entries(levels).map(([name, level]) => `${name} ${level} %`)
  console.log(`${title}: ${words.join(', ')}`)
  for (const [name, floor] of Object.entries(floors[title] ?? {})) {
    const level = levels[name as keyof Levels]
    if (level >= floor) continue
    console.error(`${title}: ${name} ${level} %, below the floor of ${floor} %.`)
    process.exitCode = 1
  }
  floors[title] = levels
}

/** How much of a recording is answered alike: by what ships, or by an app of one's own in its place. */
async function measure(apps: readonly OcsApp[], recording: string): Promise<Levels> {
  const seed = { apps: { enabled: recordedApps } }
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
