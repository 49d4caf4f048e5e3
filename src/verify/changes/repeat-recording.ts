import { nameCases } from '../normalise-cases.ts'
import type { ProbeCase } from '../plan-probes.ts'
import { type RecordingRun, recordNow } from '../record.ts'
import type { RecordedCase, Recording } from '../recording.ts'
import type { Target } from '../target.ts'
import type { VerifyOptions } from '../verification.ts'

/** The answers of today to the requests of a recording. */
export interface RepeatedRecording extends RecordingRun {
  /** The part of the recording that could be sent again. */
  readonly before: Recording
  /** How many of its requests could not, and why. */
  readonly notes: readonly string[]
}

const PLACEHOLDER = /redacted|someone\d+(@|%40)example\.org|host\d+\.example\.org/

/** Send a server what a recording was sent. Only what changes nothing is sent. */
export async function repeatRecording(recording: Recording, options: VerifyOptions): Promise<RepeatedRecording> {
  const reasons = new Map<string, number>()
  const repeated: RecordedCase[] = []
  const probesFor = (target: Target): ProbeCase[] => {
    for (const recorded of nameCases(recording.cases).values()) {
      if (options.only && !options.only.test(recorded.app)) continue
      const reason = reasonNotToRepeat(recorded, recording, target, repeated)
      if (reason === null) repeated.push(recorded)
      else reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    return repeated.map(probeOf)
  }
  const now = await recordNow(options, probesFor)
  return {
    ...now,
    recording: {
      ...now.recording,
      cases: repeated.map((recorded, i) => withAnswersOf(recorded, now.recording.cases[i]!)),
    },
    before: { ...recording, cases: repeated },
    notes: [...reasons].map(([reason, count]) => `${count} recorded questions were not asked again: ${reason}.`),
  }
}

function reasonNotToRepeat(
  recorded: RecordedCase,
  { target: past }: Recording,
  target: Target,
  repeated: readonly RecordedCase[],
): string | null {
  const { method = 'GET', as, path, query, app, account } = recorded
  if (method !== 'GET') return 'they change something'
  if (PLACEHOLDER.test(path) || PLACEHOLDER.test(query))
    return 'something in their address was taken out of the recording'
  if (!target.apps.includes(app) && past.apps.includes(app) && app !== 'core')
    return `the app ${app} is not enabled any more`
  const isKnown = as === 'anonymous' || as === 'wrong-password' || target.accounts.some(({ role }) => role === as)
  if (!isKnown || (as === 'wrong-password' && target.accounts.length === 0))
    return `they need credentials of ${as === 'admin' ? 'an administrator' : 'an ordinary account'}`
  // A client may ask the same again and again; what it did in between is not done here.
  const isTwin = (other: RecordedCase) =>
    other.kind === 'observed' && other.path === path && other.query === query && other.account === account
  return recorded.kind === 'observed' && repeated.some(isTwin) ? 'they are repetitions' : null
}

function probeOf({ operation, app, kind, as, path, query, ocs, control, subject, answers }: RecordedCase): ProbeCase {
  const variants = [
    ...new Map(answers.map(({ version, format }) => [`${version} ${format}`, { version, format }])).values(),
  ]
  return {
    operation,
    app,
    kind,
    as,
    path,
    query,
    ...(ocs === false ? { ocs } : {}),
    ...(control === undefined ? {} : { control }),
    ...(subject === undefined ? {} : { subject }),
    variants,
  }
}

/** The recorded request with the answers of today. */
function withAnswersOf(recorded: RecordedCase, { answers, again }: RecordedCase): RecordedCase {
  const { again: _, ...request } = recorded
  return { ...request, answers, ...(again === undefined ? {} : { again }) }
}
