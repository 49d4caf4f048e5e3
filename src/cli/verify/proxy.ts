import { listenError } from '#adapters/listen-error.ts'
import { isLoopback } from '#lib/loopback.ts'
import { type ProxiedExchange, startProxy } from '#verify/proxy/proxy.ts'
import { findingLines } from '#verify/reports/text.ts'
import { Sender } from '#verify/sender.ts'
import { discover, missingRoles, type Target } from '#verify/target.ts'
import type { ObservedExchange } from '#verify/traffic/observed-exchange.ts'
import { TrafficRecorder } from '#verify/traffic/traffic-recorder.ts'
import type { VerifyOptions } from '#verify/verification.ts'
import type { Io } from '../command.ts'
import { type ReportOptions, reportFindings } from './report-findings.ts'
import { formerRecording, type SaveOptions, SessionKeeper, saveRecording } from './save-recording.ts'

export interface ProxyRecordingOptions {
  /** Whose traffic, and credentials to find out more about it. */
  readonly verifyOptions: VerifyOptions
  readonly host: string
  readonly port: number
  readonly reportOptions: ReportOptions
  readonly saveOptions: SaveOptions
}

/** `ocs-mock record --proxy URL`: stand between a client and its server until asked to end. */
export async function recordProxy(
  { verifyOptions, host, port, reportOptions, saveOptions }: ProxyRecordingOptions,
  io: Io,
): Promise<number> {
  const base = verifyOptions.url.replace(/\/+$/, '')
  const target = await findTarget({ ...verifyOptions, url: base })
  const recorder = new TrafficRecorder({
    target,
    catalogue: verifyOptions.catalogue,
    secrets: (verifyOptions.logins ?? [])
      .filter(({ user, password }) => user !== password)
      .map(({ password }) => password),
    onFinding: (finding) => io.err.write(`${finding.operation}\n${findingLines(finding).join('\n')}\n`),
  })
  const former = formerRecording(saveOptions)
  const keeper = new SessionKeeper(recorder, saveOptions)
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
    timeout: verifyOptions.timeout,
    onExchange: (exchange) => {
      count.busy += exchange.milliseconds
      const observed = toObservedExchange(exchange, root)
      if (typeof observed === 'string') count[observed]++
      else
        judged = judged
          .then(async () => {
            if (await recorder.add(observed)) keeper.added()
            else count.others++
          })
          .catch((error: unknown) => {
            io.err.write(`Failed to judge ${exchange.method} ${observed.path}: ${String(error)}\n`)
          })
    },
    onFailure: (reason, { method, target: path }) =>
      io.err.write(`${method} ${path.split('?')[0]} was not answered: ${reason}.\n`),
  }).catch((error: unknown) => {
    throw listenError(error, host, port) ?? error
  })
  if (!isLoopback(host))
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
  // What was recorded cannot be had again; a report can.
  saveRecording(recorder.recording(), saveOptions, io, former)
  recorder.close()
  return reportFindings(recorder.verification(spent), reportOptions, io)
}

async function findTarget(options: VerifyOptions): Promise<Target> {
  const target = await discover(new Sender({ ...options, base: options.url }), options.logins ?? [], {
    ...options,
    assumesApps: true,
  })
  // The client asks here, as whoever it likes.
  const missing = missingRoles(target.accounts)
  return { ...target, notes: target.notes.filter((note) => !missing.includes(note)) }
}

/** What passed as a request below the web root, or why it is none to look at. */
function toObservedExchange(exchange: ProxiedExchange, root: string): ObservedExchange | 'others' | 'large' {
  const question = exchange.target.indexOf('?')
  const path = question < 0 ? exchange.target : exchange.target.slice(0, question)
  if (!path.startsWith(`${root}/ocs/`)) return 'others'
  if (exchange.body === null || exchange.answerBody === null) return 'large'
  const names = new Set(exchange.headers.map(([name]) => name))
  return {
    method: exchange.method,
    path: path.slice(root.length),
    query: question < 0 ? '' : exchange.target.slice(question + 1),
    headers: exchange.headers,
    body: exchange.body,
    answer: { status: exchange.status, headers: exchange.answerHeaders, body: textOrBytes(exchange.answerBody) },
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
