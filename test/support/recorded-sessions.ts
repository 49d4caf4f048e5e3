import { readFileSync } from 'node:fs'
import { createOcsMock } from '#index.ts'
import { capture, type RecordedSession, type RecordedStep, requestOf } from '../../scripts/sessions/session.ts'

const BASE = 'http://cloud.example.com'
const FOLDER = new URL('../../fixtures/recorded/nextcloud-34.0.1/sessions/', import.meta.url)
/** Two clocks may differ by so many seconds at the same step. */
const TOLERANCE = 15

/** Sessions that a real server with an app of the store took. */
export const recordedSessions = (app: string): readonly RecordedSession[] =>
  JSON.parse(readFileSync(new URL(`${app}.json`, FOLDER), 'utf8'))

/** A step that is answered otherwise than the real server answered it. */
export interface Miss {
  readonly step: string
  readonly expected: string
  readonly got: string
}

/** Take a session against the double, each step at the moment of its recording. */
export async function replaySession(app: string, { steps }: RecordedSession): Promise<Miss[]> {
  const ocs = createOcsMock({
    seed: {
      apps: { enabled: [app] },
      files: { admin: { '/welcome.txt': 'Welcome to the OCS test world.\n' } },
      clock: { now: new Date(steps[0]!.at).toISOString(), frozen: true },
    },
    onNotBuilt: () => {},
  })
  const captured = new Map<string, string>()
  const misses: Miss[] = []
  for (const [i, step] of steps.entries()) {
    ocs.world.clock.set(step.at)
    const response = await ocs.fetch(requestOf(BASE, step, captured))
    const text = await response.text()
    capture(step, text, captured)
    const got = { status: response.status, contentType: response.headers.get('content-type') ?? '', body: text }
    if (!isSame(step, got))
      misses.push({ step: `${i} ${step.method} ${step.path}`, expected: shown(step), got: shown(got) })
  }
  return misses
}

type Answered = Pick<RecordedStep, 'status' | 'contentType' | 'body'>

const shown = ({ status, contentType, body }: Answered) => `${status} ${contentType} ${body}`
const isPage = ({ body }: Answered) => /^\s*<!DOCTYPE html>/.test(body)

/** Seconds since 1970, and the same as a date. */
const MOMENTS = /\b1[78]\d{8}\b|\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d/g
const secondsOf = (moment: string) => (moment.includes('-') ? Date.parse(`${moment}Z`) / 1000 : Number(moment))

/** Whether two answers are the same but for moments of the run, and for what is drawn by lot. */
function isSame(expected: Answered, got: Answered): boolean {
  if (expected.status !== got.status) return false
  if (isPage(expected)) return isPage(got)
  const [one, other] = [expected, got].map(({ body }) =>
    [...body.matchAll(MOMENTS)].map(([moment]) => secondsOf(moment)),
  )
  const areNear = one!.every((moment, i) => Math.abs(moment - (other![i] ?? 0)) <= TOLERANCE)
  const [first, second] = [expected, got].map(
    (answer) => `${answer.contentType.toLowerCase()} ${withoutLots(answer.body)}`,
  )
  return areNear && first === second
}

const withoutLots = (body: string) =>
  body
    .replace(MOMENTS, 'MOMENT')
    .replace(/"(hash|token|shareWith|uploadToken)":"[A-Za-z0-9]{16,}"/g, '"$1":"TOKEN"')
    // Files and activities of the server itself come between.
    .replace(/("(?:activity_id|fileId|object_id|item_source|file_source|file_parent)":|\/f\\?\/)\d+/g, '$1N')
    .replace(/"(?:objects|file)":\{"(?:\d+"|type":"file","id":"\d+")/g, 'FILE')
    .replace(/anon-user-[0-9a-f]{32}/g, 'anon-user-X')
    .replace(/(?<=[":/])(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{16,32}(?=["/\\])/g, 'TOKEN')
