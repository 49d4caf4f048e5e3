/**
 * Records sessions of `scripts/sessions/` on a real server, each from a fresh start, for tests of the doubles.
 *
 * usage: tsx scripts/record-sessions.ts URL RESET NAME [PART OF A SESSION'S NAME]
 * URL: where the server is. RESET: a command that brings it back to a fresh start, with the app enabled.
 * NAME: `forms`, `notes` … Sessions of other names stay as they were recorded. What was recorded goes to `fixtures/recorded/nextcloud-34.0.1/sessions/NAME.json`.
 */
import { execSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { UserError } from '#lib/errors.ts'
import { capture, type RecordedSession, type RecordedStep, requestOf, type Session } from './sessions/session.ts'

const [base = '', reset = '', name, part = ''] = process.argv.slice(2)
if (name === undefined) throw new UserError('usage: tsx scripts/record-sessions.ts URL RESET NAME [PART]')
const folder = new URL('../fixtures/recorded/nextcloud-34.0.1/sessions/', import.meta.url)
const file = new URL(`${name}.json`, folder)
const known: readonly RecordedSession[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
const { sessions } = (await import(`./sessions/${name}.ts`)) as { readonly sessions: readonly Session[] }

const recorded: RecordedSession[] = []
for (const session of sessions) {
  const before = known.find((one) => one.name === session.name)
  if (before && !session.name.includes(part)) {
    recorded.push(before)
    continue
  }
  execSync(reset, { stdio: 'ignore' })
  recorded.push(await record(session))
  console.log(`${session.name}: ${session.steps.length} steps`)
}
mkdirSync(folder, { recursive: true })
writeFileSync(file, `${JSON.stringify(recorded, null, 1)}\n`)

async function record({ name: title, steps }: Session): Promise<RecordedSession> {
  const captured = new Map<string, string>()
  const taken: RecordedStep[] = []
  for (const step of steps) {
    const at = Date.now()
    const response = await fetch(requestOf(base, step, captured))
    const body = await response.text()
    capture(step, body, captured)
    // Pages are told by their title alone, and no answer tells where the server was.
    const isPage = /^\s*<!DOCTYPE html>/.test(body)
    const shown = isPage
      ? '<!DOCTYPE html>'
      : body
          .replaceAll(base, 'http://cloud.example.com')
          .replaceAll(base.replaceAll('/', '\\/'), 'http:\\/\\/cloud.example.com')
    const contentType = response.headers.get('content-type') ?? ''
    taken.push({ ...step, at, status: response.status, contentType, body: shown })
  }
  return { name: title, steps: taken }
}
