/**
 * Replays the recorded `occ` runs against the fake and compares each session with the floors in `fidelity-occ.json`.
 * A run matches when exit code, standard output and standard error are the same after times, generated ids and
 * addresses of this machine are masked.
 *
 * usage: npm run fidelity:occ -- [--session REGEXP] [--show N] [--raise] [--real COMMAND --reset COMMAND]
 * The corpus is looked for in $OCS_MOCK_CORPUS and in ../shared/corpus. Exit code 1: a session fell below its floor.
 * --real runs COMMAND with a run's arguments behind it instead of the fake, and --reset before each session.
 */
import { execSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { OcsMock } from '#mock.ts'
import type { Seed } from '#world/seed.ts'

interface Outcome {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

interface Run extends Outcome {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

interface Session {
  readonly name: string
  readonly runs: readonly Run[]
}

const floorsFile = new URL('../fidelity-occ.json', import.meta.url)
const { values: options } = parseArgs({
  options: {
    session: { type: 'string', default: '' },
    show: { type: 'string', default: '0' },
    raise: { type: 'boolean', default: false },
    real: { type: 'string' },
    reset: { type: 'string' },
  },
})

const folder = join(resolve(process.env.OCS_MOCK_CORPUS ?? '../shared/corpus'), 'nextcloud-34.0.1')
if (!existsSync(join(folder, 'occ.json'))) {
  console.log(`No corpus in ${folder}: nothing was replayed. Set OCS_MOCK_CORPUS to where it is.`)
  process.exit(0)
}

const readJson = (file: string | URL) => JSON.parse(readFileSync(file, 'utf8')) as unknown
const sessions = (readJson(join(folder, 'occ.json')) as Session[]).filter(({ name }) =>
  new RegExp(options.session).test(name),
)

/** What differs between two recordings of the same server. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\+\d\d:\d\d| UTC)?/g, '{time}'],
  [/\b\d\d:\d\d:\d\d\b/g, '{elapsed}'],
  [/127\.0\.0\.1:\d+/g, '{host}'],
  [/\b[A-Za-z0-9]{31,72}\b/g, '{token}'],
  // The recorder wrote another folder over the server's own, so that boxes around it have the old one's width.
  [/^ +\n(.*\/var\/www\/html\/.*\n) +$/gm, '\n$1'],
]

const mask = (text: string) => MASKS.reduce((masked, [pattern, by]) => masked.replace(pattern, by), text)

const misses: string[] = []
const levels = new Map<string, number>()
let total = 0
let matched = 0
for (const session of sessions) {
  const good = await replay(session)
  total += session.runs.length
  matched += good
  report(session.name, good, session.runs.length)
}
report('ALL', matched, total)
for (const miss of misses.slice(0, Number(options.show))) console.log(miss)
process.exitCode = judge()

async function replay(session: Session): Promise<number> {
  const ask = options.real ? realServer(options.real) : fakeServer()
  let good = 0
  for (const run of session.runs) {
    const difference = compare(run, await ask(run))
    if (difference === null) good++
    else misses.push(`${session.name}: occ ${run.args.join(' ')}\n${difference}`)
  }
  return good
}

type RunCommand = (run: Run) => Outcome | Promise<Outcome>

/** The fake in this process: every session begins with the same ExApp, which says yes to everything. */
function fakeServer(): RunCommand {
  const seed = readJson(join(folder, 'states/exapp.json')) as Seed
  const mock = new OcsMock({ seed, outgoing: async () => Response.json({ status: 'ok' }) })
  return async ({ args, env }) => {
    const { exitCode, stdout, stderr } = await mock.occ([...args, '--no-ansi', '--no-interaction'], {
      env: { COLUMNS: '120', ...env },
    })
    return { exit: exitCode, stdout, stderr }
  }
}

function realServer(command: string): RunCommand {
  if (options.reset) execSync(options.reset, { stdio: 'ignore' })
  const [program = '', ...first] = command.split(' ')
  return ({ args, env }) => {
    const { status, stdout, stderr } = spawnSync(program, [...first, ...args, '--no-ansi', '--no-interaction'], {
      env: { ...process.env, COLUMNS: '120', ...env },
      encoding: 'utf8',
    })
    return { exit: status ?? -1, stdout, stderr }
  }
}

/** The first line that differs, or `null`. */
function compare(expected: Outcome, got: Outcome): string | null {
  for (const stream of ['stdout', 'stderr'] as const) {
    const wanted = mask(expected[stream]).split('\n')
    const found = mask(got[stream]).split('\n')
    const at = Array.from({ length: Math.max(wanted.length, found.length) }).findIndex((_, i) => wanted[i] !== found[i])
    if (at >= 0) {
      const show = (line: string | undefined) =>
        line === undefined ? '(no more lines)' : JSON.stringify(line.slice(0, 200))
      return `  ${stream} line ${at + 1}: expected ${show(wanted[at])}\n  got ${show(found[at])}`
    }
  }
  return expected.exit === got.exit ? null : `  exit code ${got.exit}, not ${expected.exit}`
}

function report(name: string, good: number, all: number): void {
  const level = Math.floor((1000 * good) / Math.max(1, all)) / 10
  levels.set(name, level)
  console.log(`${name.padEnd(30)} n=${String(all).padStart(4)}  same ${level.toFixed(1).padStart(5)}%`)
}

function judge(): number {
  const floors: Record<string, number> = existsSync(floorsFile) ? (readJson(floorsFile) as Record<string, number>) : {}
  const known = [...levels].filter(([name]) => !(options.session && name === 'ALL'))
  const fallen = known.filter(([name, level]) => level < (floors[name] ?? 0))
  for (const [name, level] of fallen) console.error(`${name}: ${level} %, below the floor of ${floors[name]} %.`)
  if (options.raise && !options.real) {
    for (const [name, level] of known) floors[name] = Math.max(level, floors[name] ?? 0)
    writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`)
  }
  return fallen.length > 0 ? 1 : 0
}
