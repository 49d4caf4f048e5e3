import { parseJson } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
import { compareAnswers } from '#verify/compare-answers.ts'
import type { Difference } from '#verify/compare-values.ts'
import type { Correspondence } from '#verify/stateful/correspondence.ts'
import { judgeRaw } from '#verify/stateful/judge-raw.ts'
import type { Step } from './step.ts'

/** Headers that clients read, and that say nothing of the machine. */
const HEADERS = [
  'allow',
  'content-disposition',
  'content-range',
  'dav',
  'location',
  'oc-checksum',
  'www-authenticate',
  'x-user-id',
]

/**
 * Where a server reaches itself, the app of teams tells accounts too when they come into a group; the fake keeps to what
 * servers say that do not. One such line more would move all others.
 */
const UNSAID = /added as member to group:/

function withoutUnsaid(answer: Answer): Answer {
  const text = String(answer.body)
  if (!UNSAID.test(text)) return answer
  const read = parseJson(text) as { ocs?: { data?: unknown } } | undefined
  const list = read?.ocs?.data
  if (!Array.isArray(list)) return answer
  const data = list.filter((line: { subject?: unknown }) => !UNSAID.test(String(line.subject)))
  return { ...answer, body: JSON.stringify({ ...read, ocs: { ...read!.ocs, data } }) }
}

/** In what a fake answers a step otherwise than the real server. Ids and moments are each one's own. */
export function differencesOf(step: Step, fake: Answer, answer: Answer, same: Correspondence): Difference[] {
  const real = withoutUnsaid(answer)
  const isJson = String(real.body).startsWith('{')
  const expected = isJson ? { ...fake, body: inWordsOf(fake, real, same, step.app) } : fake
  const found = isJson ? compareAnswers(expected, real) : judgeRaw(expected, real, same)
  return [...found, ...HEADERS.flatMap((name) => headerDifference(name, fake, real))]
}

function inWordsOf(fake: Answer, real: Answer, same: Correspondence, app: string): string {
  const [mine, theirs] = [parseJson(String(fake.body)), parseJson(String(real.body))]
  return mine === undefined ? String(fake.body) : JSON.stringify(same.translate(mine, theirs, app))
}

/** Where a public link leads, with a token of its own, on a server of its own. */
const LINK = /^(?:https?:\/\/[^/]+)?(\/public\.php\/(?:dav\/files|webdav)\/|\/index\.php\/s\/)\w+/

function headerDifference(name: string, fake: Answer, real: Answer): Difference[] {
  const of = ({ headers }: Answer) =>
    (headers.find(([header]) => header.toLowerCase() === name)?.[1] ?? 'missing').replace(LINK, '$1TOKEN')
  const [expected, got] = [of(fake), of(real)]
  if (expected === got) return []
  return [{ where: `header ${name}`, expected, got, severity: 'differs', rule: 'content-type' }]
}

/** What tells one kind of difference from another: the same rule often shows itself many times. */
export function kindOf({ what }: Step, { where, expected, got }: Difference): string {
  const shape = (text: string) =>
    text
      .replace(/ocsmock-\w+/g, 'ocsmock-N')
      .replace(/[\da-f]{6,}|\d+/g, 'N')
      .slice(0, 60)
  return [what, where.replace(/\d+/g, 'N'), shape(expected), shape(got)].join(' | ')
}
