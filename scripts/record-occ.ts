/**
 * Records the command lines of `scripts/sessions/occ/` on a real server, each session from a fresh start, for
 * `npm run fidelity:occ`. A session whose command lines were recorded before is compared with what was recorded: what
 * differs is noted as what varies. So record everything twice.
 *
 * usage: tsx scripts/record-occ.ts OCC RESET URL DATA [REGEXP OF SESSIONS' NAMES]
 * OCC: `php /path/to/occ`. RESET: a command that brings the server back to a fresh start. URL: where it is served.
 * DATA: its folder of files. Other sessions stay as they were recorded. What was recorded goes to
 * `fixtures/recorded/nextcloud-34.0.1/occ.json`, without any path of this machine.
 */
import { execSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { tokenize } from '#console/tokenize.ts'
import { UserError } from '#lib/errors.ts'
import { sessions } from './sessions/occ/index.ts'
import { type OccRun, type OccSession, type OccStep, type RecordedOccSession, VARIES } from './sessions/occ/session.ts'
import { maskVolatile } from './sessions/occ/volatile.ts'
import { requestOf } from './sessions/session.ts'

const [occ = '', reset = '', base = '', data, wanted = ''] = process.argv.slice(2)
if (data === undefined) throw new UserError('usage: tsx scripts/record-occ.ts OCC RESET URL DATA [REGEXP]')
const [program = '', ...before] = occ.split(' ')
const root = dirname(before.at(-1) ?? '')
const file = new URL('../fixtures/recorded/nextcloud-34.0.1/occ.json', import.meta.url)
const known: readonly RecordedOccSession[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []

const recorded = new Map(known.map((session) => [session.name, session]))
for (const session of sessions.filter(({ name }) => new RegExp(wanted).test(name))) {
  const runs = await take(session)
  const old = recorded.get(session.name)?.runs
  const isKnown = old && JSON.stringify(old.map(asked)) === JSON.stringify(runs.map(asked))
  recorded.set(session.name, { name: session.name, runs: isKnown ? runs.map((run, i) => merge(old[i]!, run)) : runs })
  console.log(`${session.name}: ${session.steps.length} steps${isKnown ? ', once more' : ''}`)
  const inOrder = sessions.flatMap(({ name }) => recorded.get(name) ?? [])
  writeFileSync(file, `${JSON.stringify(inOrder, null, 1)}\n`)
}

type Recorded = RecordedOccSession['runs'][number]

async function take({ steps }: OccSession): Promise<Recorded[]> {
  execSync(reset, { stdio: 'ignore' })
  const runs: Recorded[] = []
  for (const step of steps) runs.push(await run(step))
  return runs
}

async function run(step: OccStep): Promise<Recorded> {
  if (typeof step === 'object' && 'request' in step) {
    const { status } = await fetch(requestOf(base, step.request, new Map()))
    if (status >= 400) throw new UserError(`${step.request.method} ${step.request.path} was answered by ${status}`)
    return step
  }
  const { occ: line, env = {}, stdin } = typeof step === 'string' ? { occ: step } : step
  const args = tokenize(line)
  const flags = stdin === undefined ? ['--no-ansi', '--no-interaction'] : ['--no-ansi']
  const { status, stdout, stderr } = spawnSync(program, [...before, ...args, ...flags], {
    env: { ...process.env, COLUMNS: '120', ...env },
    input: stdin ?? '',
    encoding: 'utf8',
    timeout: 60_000,
  })
  return {
    args,
    ...(Object.keys(env).length > 0 ? { env } : {}),
    ...(stdin === undefined ? {} : { stdin }),
    stdout: withoutPlaces(stdout),
    stderr: withoutPlaces(stderr),
    exit: status ?? -1,
  }
}

/** The folders and the address of this machine, as the image of the server has them. */
function withoutPlaces(text: string): string {
  const escaped = (path: string) => path.replaceAll('/', '\\/')
  const places: readonly (readonly [string, string])[] = [
    [data ?? '', '/var/www/html/data'],
    [root, '/var/www/html'],
    [dirname(data ?? ''), '/var/www/html'],
  ]
  return places
    .flatMap(([from, to]) => [[from, to] as const, [escaped(from), escaped(to)] as const])
    .reduce((all, [from, to]) => all.replaceAll(from, to), text)
    .replaceAll(base, 'http://localhost')
}

/** A run without what came of it. */
function asked(run: Recorded) {
  return 'request' in run ? run : { args: run.args, env: run.env, stdin: run.stdin }
}

/** What both recordings have in common. */
function merge(first: Recorded, second: Recorded): Recorded {
  if ('request' in first || 'request' in second) return first
  if (first.exit !== second.exit) throw new UserError(`occ ${first.args.join(' ')} ended in two ways`)
  return {
    ...first,
    stdout: common(first.stdout, second.stdout),
    stderr: common(first.stderr, second.stderr),
  } satisfies OccRun
}

function common(first: string, second: string): string {
  const [left, right] = [first.split('\n'), second.split('\n')]
  if (left.length !== right.length) return first
  return left.map((line, i) => commonLine(line, right[i] ?? '')).join('\n')
}

/** A line with a gap for every word that differs. Times are told apart later. */
function commonLine(left: string, right: string): string {
  if (maskVolatile(left) === maskVolatile(right)) return left
  const [words, others] = [wordsOf(left), wordsOf(right)]
  if (words.length !== others.length) return VARIES
  return words.map((word, i) => (word === others[i] ? word : VARIES)).join('')
}

function wordsOf(line: string): string[] {
  return line.match(/\{\*\}|[A-Za-z0-9]+|[^A-Za-z0-9{]+|\{/g) ?? []
}
