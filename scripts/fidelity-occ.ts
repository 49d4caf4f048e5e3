/**
 * Replays recorded `occ` runs against the fake and compares each session with the floors in `fidelity-occ.json`: our
 * own recordings, and those of the corpus. A run matches when exit code, standard output and standard error are the
 * same after times, generated ids and addresses of this machine are masked.
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
import { type OccOutcome, type OccRun, type RecordedOccSession, VARIES } from './sessions/occ/session.ts'
import { maskVolatile } from './sessions/occ/volatile.ts'
import { requestOf, type SessionStep } from './sessions/session.ts'

/** Sessions that were recorded together. */
interface Recording {
  readonly name: string
  readonly sessions: readonly RecordedOccSession[]
  /** What the fake begins with. */
  readonly seed: Seed
}

const floorsFile = new URL('../fidelity-occ.json', import.meta.url)
const ownFile = new URL('../fixtures/recorded/nextcloud-34.0.1/occ.json', import.meta.url)
const { values: options } = parseArgs({
  options: {
    session: { type: 'string', default: '' },
    show: { type: 'string', default: '0' },
    raise: { type: 'boolean', default: false },
    real: { type: 'string' },
    reset: { type: 'string' },
  },
})

/** What new homes began with on the server that we recorded. */
const OWN_SEED: Seed = { skeleton: { 'welcome.txt': 'Welcome to the OCS test world.\n', 'Templates/': '' } }

const readJson = (file: string | URL) => JSON.parse(readFileSync(file, 'utf8')) as unknown

function recordings(): Recording[] {
  const own = { name: 'recorded', sessions: readJson(ownFile) as RecordedOccSession[], seed: OWN_SEED }
  const folder = join(resolve(process.env.OCS_MOCK_CORPUS ?? '../shared/corpus'), 'nextcloud-34.0.1')
  if (!existsSync(join(folder, 'occ.json'))) {
    console.log(`No corpus in ${folder}: only our own recordings are replayed. Set OCS_MOCK_CORPUS to where it is.`)
    return [own]
  }
  const corpus = {
    name: 'corpus',
    sessions: readJson(join(folder, 'occ.json')) as RecordedOccSession[],
    seed: readJson(join(folder, 'states/exapp.json')) as Seed,
  }
  return [own, corpus]
}

/**
 * A server whose fonts are missing cannot draw the picture of a new account, and ends there: the account is half made.
 * No installation is like that, so beside all runs those are counted that come before it in their session.
 */
const LACKS_FONTS = /^An unhandled exception has been thrown:\n.*Avatar\/Avatar\.php/

const WITH_FONTS = 'ALL, as far as the server had fonts'

const misses: string[] = []
const levels: Record<string, Record<string, number>> = {}
for (const recording of recordings()) await replayAll(recording)
for (const miss of misses.slice(0, Number(options.show))) console.log(miss)
process.exitCode = judge()

async function replayAll({ name, sessions, seed }: Recording): Promise<void> {
  const known: Record<string, number> = {}
  levels[name] = known
  const total = noCounts()
  for (const session of sessions.filter((one) => new RegExp(options.session).test(one.name))) {
    const counts = await replay(session, seed)
    for (const kind of ['whole', 'withFonts'] as const) {
      total[kind].good += counts[kind].good
      total[kind].all += counts[kind].all
    }
    known[session.name] = report(`${name}: ${session.name}`, counts.whole)
  }
  const level = report(`${name}: ALL`, total.whole)
  if (options.session) return
  known.ALL = level
  if (total.withFonts.all < total.whole.all) known[WITH_FONTS] = report(`${name}: ${WITH_FONTS}`, total.withFonts)
}

interface Count {
  good: number
  all: number
}

interface Counts {
  readonly whole: Count
  readonly withFonts: Count
}

function noCounts(): Counts {
  return { whole: { good: 0, all: 0 }, withFonts: { good: 0, all: 0 } }
}

async function replay(session: RecordedOccSession, seed: Seed): Promise<Counts> {
  const server = options.real ? realServer(options.real) : fakeServer(seed)
  const counts = noCounts()
  let hasFonts = true
  for (const run of session.runs) {
    server.wait()
    if ('request' in run) {
      await server.request(run.request)
      continue
    }
    hasFonts &&= !LACKS_FONTS.test(run.stdout)
    const difference = compare(run, await server.occ(run))
    for (const count of hasFonts ? [counts.whole, counts.withFonts] : [counts.whole]) {
      count.all++
      if (difference === null) count.good++
    }
    if (difference !== null) misses.push(`${session.name}: occ ${run.args.join(' ')}\n${difference}`)
  }
  return counts
}

/** What runs are asked of. */
interface Server {
  occ(run: OccRun): OccOutcome | Promise<OccOutcome>
  request(step: SessionStep): Promise<unknown>
  /** Lets the time pass that a real server takes for a command. */
  wait(): void
}

/** Standard input means that somebody is there to answer questions. */
function flagsOf({ stdin }: OccRun): readonly string[] {
  return stdin === undefined ? ['--no-ansi', '--no-interaction'] : ['--no-ansi']
}

/** The fake in this process; its ExApps say yes to everything. */
function fakeServer(seed: Seed): Server {
  const mock = new OcsMock({ seed, outgoing: async () => Response.json({ status: 'ok' }) })
  return {
    wait: () => mock.world.clock.advance('2s'),
    request: (step) => mock.fetch(requestOf('http://localhost', step, new Map())),
    occ: async (run) => {
      const { exitCode, stdout, stderr } = await mock.occ([...run.args, ...flagsOf(run)], {
        env: { COLUMNS: '120', ...run.env },
        ...(run.stdin === undefined ? {} : { stdin: run.stdin }),
      })
      return { exit: exitCode, stdout, stderr }
    },
  }
}

function realServer(command: string): Server {
  if (options.reset) execSync(options.reset, { stdio: 'ignore' })
  const [program = '', ...first] = command.split(' ')
  return {
    wait: () => {},
    request: async () => null,
    occ: (run) => {
      const { status, stdout, stderr } = spawnSync(program, [...first, ...run.args, ...flagsOf(run)], {
        env: { ...process.env, COLUMNS: '120', ...run.env },
        input: run.stdin ?? '',
        encoding: 'utf8',
      })
      return { exit: status ?? -1, stdout, stderr }
    },
  }
}

/** The first line that differs, or `null`. */
function compare(expected: OccOutcome, got: OccOutcome): string | null {
  for (const stream of ['stdout', 'stderr'] as const) {
    const wanted = maskVolatile(expected[stream]).split('\n')
    const found = maskVolatile(got[stream]).split('\n')
    const at = Array.from({ length: Math.max(wanted.length, found.length) }).findIndex(
      (_, i) => !isSame(wanted[i], found[i]),
    )
    if (at >= 0) {
      const show = (line: string | undefined) =>
        line === undefined ? '(no more lines)' : JSON.stringify(line.slice(0, 200))
      return `  ${stream} line ${at + 1}: expected ${show(wanted[at])}\n  got ${show(found[at])}`
    }
  }
  return expected.exit === got.exit ? null : `  exit code ${got.exit}, not ${expected.exit}`
}

/** Whether a line is the recorded one, with anything where that varied. */
function isSame(wanted: string | undefined, found: string | undefined): boolean {
  if (wanted === undefined || found === undefined || !wanted.includes(VARIES)) return wanted === found
  const parts = wanted.split(VARIES).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(found)
}

function report(name: string, { good, all }: Count): number {
  const level = Math.floor((1000 * good) / Math.max(1, all)) / 10
  console.log(`${name.padEnd(50)} n=${String(all).padStart(4)}  same ${level.toFixed(1).padStart(5)}%`)
  return level
}

type Floors = Readonly<Record<string, Readonly<Record<string, number>>>>

function judge(): number {
  const floors: Floors = existsSync(floorsFile) ? (readJson(floorsFile) as Floors) : {}
  const fallen = Object.entries(levels).flatMap(([recording, known]) =>
    Object.entries(known)
      .filter(([name, level]) => level < (floors[recording]?.[name] ?? 0))
      .map(([name, level]) => `${recording}: ${name}: ${level} %, below the floor of ${floors[recording]?.[name]} %.`),
  )
  for (const text of fallen) console.error(text)
  if (options.raise && !options.real) {
    const raised = Object.entries(levels).map(([recording, known]) => {
      const before = floors[recording] ?? {}
      const higher = Object.entries(known).map(([name, level]) => [name, Math.max(level, before[name] ?? 0)])
      return [recording, { ...before, ...Object.fromEntries(higher) }]
    })
    writeFileSync(floorsFile, `${JSON.stringify({ ...floors, ...Object.fromEntries(raised) }, null, 2)}\n`)
  }
  return fallen.length > 0 ? 1 : 0
}
