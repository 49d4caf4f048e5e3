import { nameCases } from '../normalise.ts'
import type { ProbeCase } from '../plan.ts'
import { type RecordedNow, recordNow } from '../record.ts'
import type { RecordedCase, Recording } from '../recording.ts'
import type { VerifyOptions } from '../run.ts'
import type { Target } from '../target.ts'

/** The answers of today to the questions of a recording. */
export interface AskedAgain extends RecordedNow {
  /** The part of the recording that could be asked again. */
  readonly before: Recording
  /** How many questions could not, and why. */
  readonly notes: readonly string[]
}

const STAND_IN = /redacted|someone\d+(@|%40)example\.org|host\d+\.example\.org/

/** Ask a server what a recording was asked. Only what changes nothing is asked. */
export async function askAgain(recording: Recording, options: VerifyOptions): Promise<AskedAgain> {
  const reasons = new Map<string, number>()
  const asked: RecordedCase[] = []
  const questions = (target: Target): ProbeCase[] => {
    for (const recorded of nameCases(recording.cases).values()) {
      if (options.only && !options.only.test(recorded.app)) continue
      const reason = reasonNotToAsk(recorded, recording, target, asked)
      if (reason === null) asked.push(recorded)
      else reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    return asked.map(probeOf)
  }
  const now = await recordNow(options, questions)
  return {
    ...now,
    recording: { ...now.recording, cases: asked.map((recorded, i) => answered(recorded, now.recording.cases[i]!)) },
    before: { ...recording, cases: asked },
    notes: [...reasons].map(([reason, count]) => `${count} recorded questions were not asked again: ${reason}.`),
  }
}

function reasonNotToAsk(
  recorded: RecordedCase,
  { target: past }: Recording,
  target: Target,
  asked: readonly RecordedCase[],
): string | null {
  const { method = 'GET', as, path, query, app, account } = recorded
  if (method !== 'GET') return 'they change something'
  if (STAND_IN.test(path) || STAND_IN.test(query)) return 'something in their address was taken out of the recording'
  if (!target.apps.includes(app) && past.apps.includes(app) && app !== 'core')
    return `the app ${app} is not enabled any more`
  const isKnown = as === 'anonymous' || as === 'wrong-password' || target.accounts.some(({ role }) => role === as)
  if (!isKnown || (as === 'wrong-password' && target.accounts.length === 0))
    return `they need credentials of ${as === 'admin' ? 'an administrator' : 'an ordinary account'}`
  // A client may ask the same again and again; what it did in between is not done here.
  const isTwin = (other: RecordedCase) =>
    other.kind === 'observed' && other.path === path && other.query === query && other.account === account
  return recorded.kind === 'observed' && asked.some(isTwin) ? 'they are repetitions' : null
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

/** The recorded question with the answers of today. */
function answered(recorded: RecordedCase, { answers, again }: RecordedCase): RecordedCase {
  const { again: _, ...question } = recorded
  return { ...question, answers, ...(again === undefined ? {} : { again }) }
}
