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
import { findCorpus, replay, replayWide } from './corpus.ts'

/** Percentages of an area's exchanges, by what is the same in them. */
type Levels = Readonly<Record<string, number>>

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
const area = options.area ? ['--area', options.area] : []
const shown = ['--show', options.show]
const output = await replay(corpus, server.url, [...shown, '--show-below', options['show-below'], ...area])
const wideOutput = corpus.wide ? await replayWide(corpus.wide, server.url, [...shown, ...area]) : ''
await server.close()
process.stdout.write(output + wideOutput)
const levels = new Map([...measured(output), ...measuredWide(wideOutput)])
const english = levels.get('wide ALL in English')
if (english)
  console.log(
    'wide ALL in English:',
    Object.entries(english)
      .map(([level, share]) => `${level} ${share} %`)
      .join(', '),
  )
process.exitCode = judge(levels)

function measured(text: string): [string, Levels][] {
  const rows = text.matchAll(/^(.+?)\s+n=\s*\d+ .*values\s+([\d.]+)%\s+bytes\s+([\d.]+)%$/gm)
  return [...rows].map(([, name, values, bytes]) => [name!.trim(), { values: Number(values), bytes: Number(bytes) }])
}

/**
 * The rows of the replay of wide sessions, and what they are without the area in which messages are translated: a fake
 * without texts has none to translate them by.
 */
function measuredWide(text: string): [string, Levels][] {
  const rows = text.matchAll(/^(\S.*?)\s+(\d+)\s+([\d.]+)(?:\s+[\d.]+){2}\s+([\d.]+)\s+[\d.]+\s+([\d.]+)$/gm)
  const areas = [...rows].map(([, name, count, status, values, headers]) => ({
    name: `wide ${name}`,
    count: Number(count),
    levels: { status: Number(status), values: Number(values), headers: Number(headers) },
  }))
  const inEnglish = areas.filter(({ name }) => name !== 'wide languages' && name !== 'wide ALL')
  const measured = areas.map(({ name, levels }): [string, Levels] => [name, levels])
  return options.area ? measured : [...measured, ['wide ALL in English', together(inEnglish)]]
}

/** Of several areas, rounded down so that it can be a floor. */
function together(areas: readonly { readonly count: number; readonly levels: Levels }[]): Levels {
  const all = areas.reduce((sum, { count }) => sum + count, 0)
  const share = (level: string) =>
    areas.reduce((sum, { count, levels }) => sum + Math.round((count * levels[level]!) / 100), 0) / all
  const percent = (level: string) => Math.floor(share(level) * 1000) / 10
  return { status: percent('status'), values: percent('values'), headers: percent('headers') }
}

function judge(levels: ReadonlyMap<string, Levels>): number {
  const floors: Record<string, Levels> = existsSync(floorsFile) ? JSON.parse(readFileSync(floorsFile, 'utf8')) : {}
  let failed = 0
  for (const [name, floor] of Object.entries(floors)) {
    const level = levels.get(name)
    if (!level && (options.area || (name.startsWith('wide ') && !corpus.wide))) continue
    for (const [kind, least] of Object.entries(floor)) {
      if (level && (level[kind] ?? 0) >= least) continue
      failed++
      console.error(`${name}: ${kind} ${level ? `${level[kind]} %` : 'not measured'}, below the floor of ${least} %.`)
    }
  }
  if (options.raise) {
    for (const [name, level] of levels) {
      if (name.endsWith('ALL') && options.area) continue
      const raised = Object.entries(level).map(([kind, value]) => [kind, Math.max(value, floors[name]?.[kind] ?? 0)])
      floors[name] = Object.fromEntries(raised)
    }
    writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`)
  }
  return failed > 0 ? 1 : 0
}
