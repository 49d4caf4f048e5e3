/**
 * Tells all stories of `verify --write` to a real server, and keeps its answers in
 * `fixtures/recorded/nextcloud-34.0.1/written.json`, without what is secret: tests judge them again.
 *
 * npm run record:stories -- URL NAME:PASSWORD
 *
 * What deviates is said, and nothing is written then.
 */
import { fileURLToPath } from 'node:url'
import { compose } from '#compose.ts'
import { UserError } from '#lib/errors.ts'
import { Sender } from '#verify/sender.ts'
import { redactStatefulRecording, type StatefulAnswer, writeStatefulRecording } from '#verify/stateful/recording.ts'
import { newPassword, verifyWrites } from '#verify/stateful/verify-writes.ts'
import { discover } from '#verify/target.ts'

const FOLDER = fileURLToPath(new URL('../fixtures/recorded/nextcloud-34.0.1', import.meta.url))
const RUN = 'rec0rd01'

const [url, login] = process.argv.slice(2)
const [, user, password] = /^([^:]+):(.+)$/.exec(login ?? '') ?? []
if (url === undefined || user === undefined || password === undefined)
  throw new UserError('Failed to record: give a URL and NAME:PASSWORD of an administrator.')

const base = url.replace(/\/+$/, '')
const answers: StatefulAnswer[] = []
const recording: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const headers = new Headers(init?.headers)
  const authorization = headers.get('authorization')
  answers.push({
    method: init?.method ?? 'GET',
    target: String(input).slice(base.length),
    accept: headers.get('accept') ?? '',
    as: authorization === null ? '' : atob(authorization.slice('Basic '.length)).split(':')[0]!,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.clone().text(),
  })
  return response
}

const { catalogue } = compose([])
const sender = new Sender({ base, fetch: recording })
const target = await discover(sender, [{ user, password }])
const passwords = [newPassword(), newPassword()] as const
const startedAt = Date.now()
const stories = (await catalogue.gather('stories')).map(({ contribution }) => contribution)
const { findings, cutShort, left } = await verifyWrites({ target, sender, catalogue, run: RUN, startedAt, passwords })
const deviating = findings.filter(({ severity }) => severity !== 'noted')
for (const { operation, where, expected, got } of deviating)
  console.error(`${operation} ${where}: ${expected} expected, got ${got}`)
if (deviating.length > 0 || cutShort !== undefined || left !== null)
  throw new UserError(`Failed to record: ${cutShort ?? left ?? `${deviating.length} findings`}.`)
const whole = { base, run: RUN, startedAt, stories: stories.map(({ name }) => name), answers }
// A password that is the name would take the name with it.
const secrets = [...passwords, ...(password === user ? [] : [password])]
writeStatefulRecording(FOLDER, redactStatefulRecording(whole, secrets))
console.log(`Kept ${answers.length} answers to ${stories.length} stories.`)
