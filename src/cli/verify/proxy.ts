import { type Passed, startProxy } from '#verify/proxy/proxy.ts'
import { findingLines } from '#verify/reports/text.ts'
import type { VerifyOptions } from '#verify/run.ts'
import { Sender } from '#verify/send.ts'
import { discover, missingRoles, type Target } from '#verify/target.ts'
import type { Observed } from '#verify/traffic/observed.ts'
import { TrafficRecorder } from '#verify/traffic/recorder.ts'
import type { Io } from '../command.ts'
import { explainListening } from '../explain-listening.ts'
import { conclude, type Reporting } from './report-findings.ts'
import { type Keeping, keep } from './save-recording.ts'

export interface ProxyWanted {
  /** Whose traffic, and credentials to find out more about it. */
  readonly asking: VerifyOptions
  readonly host: string
  readonly port: number
  readonly reporting: Reporting
  readonly keeping: Keeping
}

/** `ocs-mock record --proxy URL`: stand between a client and its server until asked to end. */
export async function recordProxy({ asking, host, port, reporting, keeping }: ProxyWanted, io: Io): Promise<number> {
  const base = asking.url.replace(/\/+$/, '')
  const target = await findTarget({ ...asking, url: base })
  const recorder = new TrafficRecorder({
    target,
    secrets: (asking.logins ?? []).filter(({ user, password }) => user !== password).map(({ password }) => password),
    onFinding: (finding) => io.err.write(`${finding.operation}\n${findingLines(finding).join('\n')}\n`),
  })
  const { origin, pathname } = new URL(base)
  const root = pathname.replace(/\/$/, '')
  const count = { busy: 0, others: 0, large: 0 }
  // One after the other, so that what one answer teaches about a caller is known for the next.
  let judged: Promise<void> = Promise.resolve()
  const started = performance.now()
  const proxy = await startProxy({
    origin,
    host,
    port,
    timeout: asking.timeout,
    onPassed: (passed) => {
      count.busy += passed.milliseconds
      const observed = observe(passed, root)
      if (typeof observed === 'string') count[observed]++
      else
        judged = judged
          .then(async () => {
            if (!(await recorder.add(observed))) count.others++
          })
          .catch((error: unknown) => {
            io.err.write(`Failed to judge ${passed.method} ${observed.path}: ${String(error)}\n`)
          })
    },
    onBroken: (reason, { method, target: asked }) =>
      io.err.write(`${method} ${asked.split('?')[0]} was not answered: ${reason}.\n`),
  }).catch((error: unknown) => {
    throw explainListening(error, host, port) ?? error
  })
  if (!LOOPBACK.test(host))
    io.err.write(
      `WARNING: ${proxy.url} is not a loopback address. Everyone who can reach it reaches ${base} through it.\n`,
    )
  io.out.write(`${proxy.url}${root} stands in front of ${base}. Interrupt it to end.\n`)
  await io.ended
  await proxy.close()
  await judged
  for (const [what, n] of [
    ['asked for something else than OCS', count.others],
    ['had a body too large to look at', count.large],
  ] as const) {
    if (n > 0) io.err.write(`${n} requests passed and were not recorded: they ${what}.\n`)
  }
  const spent = { milliseconds: performance.now() - started, busy: count.busy }
  const code = await conclude(recorder.verification(spent), reporting, io)
  keep(recorder.recording(), keeping, io)
  return code
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/i

async function findTarget(asking: VerifyOptions): Promise<Target> {
  const target = await discover(new Sender({ ...asking, base: asking.url }), asking.logins ?? [])
  // The client asks here, as whoever it likes.
  const beside = missingRoles(target.accounts)
  return { ...target, notes: target.notes.filter((note) => !beside.includes(note)) }
}

/** What passed as a request below the web root, or why it is none to look at. */
function observe(passed: Passed, root: string): Observed | 'others' | 'large' {
  const question = passed.target.indexOf('?')
  const path = question < 0 ? passed.target : passed.target.slice(0, question)
  if (!path.startsWith(`${root}/ocs/`)) return 'others'
  if (passed.body === null || passed.answerBody === null) return 'large'
  const names = new Set(passed.headers.map(([name]) => name))
  return {
    method: passed.method,
    path: path.slice(root.length),
    query: question < 0 ? '' : passed.target.slice(question + 1),
    headers: passed.headers,
    body: passed.body,
    answer: { status: passed.status, headers: passed.answerHeaders, body: textOrBytes(passed.answerBody) },
    credentials: names.has('authorization') ? 'sent' : names.has('cookie') ? 'unknown' : 'none',
  }
}

function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}
