/**
 * Replays the recorded sessions in two worlds, the one on the day of the recording, the other on another day of another
 * year, and says where their answers differ in more than dates: what a test sees must not depend on when it runs.
 *
 * usage: npm run fidelity:another-day -- [--area REGEXP] [--show N] [--days N]
 * The corpus is looked for in $OCS_MOCK_CORPUS and in ../shared/corpus. Exit code 1: an answer differs.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { OcsMock } from '#mock.ts'
import { moved, withoutDates } from './another-day/dates.ts'
import { findCorpus } from './corpus.ts'

/** What these programs need of a recorded session and of the program that plays it. */
interface Session {
  readonly area: string
  readonly name: string
  readonly recordedAt: string
  readonly state?: string
  readonly steps: readonly Step[]
  readonly file: string
}
interface Step {
  readonly method?: string
  readonly path: string
  readonly at?: string | number
  readonly unstable?: boolean
}
interface PlayedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
interface Player {
  play(
    url: string,
    session: Session,
    options: { readonly before: (step: Step) => Promise<unknown> },
  ): Promise<readonly PlayedAnswer[]>
}

const { values: options } = parseArgs({
  options: {
    area: { type: 'string', default: '' },
    show: { type: 'string', default: '20' },
    // Neither the same weekday nor the same day of a month, and over a leap day.
    days: { type: 'string', default: '523' },
  },
})

const MILLISECONDS_OF_A_DAY = 86_400_000
const days = Number(options.days)
const corpus = findCorpus()
const { play }: Player = await import(join(corpus.folder, 'lib-wide.mjs'))
const area = new RegExp(options.area)
const sessions = [...corpus.recordings, ...(corpus.wide?.recordings ?? [])]
  .flatMap(read)
  .filter((one) => area.test(one.area))
const servers = await Promise.all(
  [0, 1].map(() => startServer(new ControlledMock(new OcsMock({ onNotBuilt: () => {} })))),
)
const [recorded, other] = servers.map(({ url }) => url) as [string, string]
let exchanges = 0
const differing: string[] = []
for (const session of sessions) await compare(session)
await Promise.all(servers.map((server) => server.close()))
for (const line of differing.slice(0, Number(options.show))) console.log(line)
console.log(`${exchanges} exchanges ${days} days later: ${differing.length} differ in more than dates.`)
process.exitCode = differing.length > 0 ? 1 : 0

function read(file: string): Session[] {
  const raw = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString()
  const all: Omit<Session, 'file'>[] = text.startsWith('[')
    ? JSON.parse(text)
    : text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
  return all.map((one) => ({ ...one, file }))
}

async function compare(session: Session): Promise<void> {
  const [first, second] = await Promise.all([playOn(recorded, session, 0), playOn(other, session, days)])
  session.steps.forEach((step, at) => {
    if (step.unstable) return
    exchanges++
    const [a, b] = [first[at]!, second[at]!].map((answer, side) =>
      comparable(answer, momentOf(session, side * days)),
    ) as [string, string]
    if (a !== b)
      differing.push(`${session.area}/${session.name} ${at}: ${step.method ?? 'GET'} ${step.path}\n  ${around(a, b)}`)
  })
}

/** An answer as a text, without dates and what is made of them. */
function comparable({ status, headers, body }: PlayedAnswer, near: number): string {
  // Archives hold dates in a form of their own.
  const told = body.startsWith('PK') ? `an archive of ${body.length}` : body
  return withoutDates(JSON.stringify([status, headers, told]), near)
}

function momentOf(session: Session, later: number): number {
  return Date.parse(session.recordedAt) + later * MILLISECONDS_OF_A_DAY
}

async function playOn(url: string, session: Session, later: number): Promise<readonly PlayedAnswer[]> {
  const by = later * MILLISECONDS_OF_A_DAY
  const state = session.state
    ? JSON.parse(readFileSync(join(corpus.folder, 'nextcloud-34.0.1', 'states', `${session.state}.json`), 'utf8'))
    : {}
  const now = new Date(momentOf(session, later)).toISOString()
  await post(`${url}/__admin/reset`, { ...state, clock: { now, frozen: true } })
  const steps: Step[] = JSON.parse(moved(JSON.stringify(session.steps), by, Date.parse(session.recordedAt)))
  return play(
    url,
    { ...session, steps },
    {
      before: async (step) => {
        // The moments of steps are moved with them.
        if (step.at !== undefined) await post(`${url}/__admin/clock`, { freeze: new Date(step.at).toISOString() })
      },
    },
  )
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`)
}

/** Where two texts begin to differ. */
function around(a: string, b: string): string {
  let at = 0
  while (a[at] === b[at]) at++
  const part = (text: string) => text.slice(Math.max(0, at - 60), at + 60)
  return `then: …${part(a)}…\n  later: …${part(b)}…`
}
