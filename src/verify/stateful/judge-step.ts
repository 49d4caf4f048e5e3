import type { Answer } from '../../call.ts'
import { compareAnswers, type Difference } from '../compare.ts'
import { type Decoded, decodeEnvelope, headerOf, parseXml, textOf, type XmlElement } from '../decode.ts'
import { type Account, type Asked, callOf, type Exchange } from '../exchange.ts'
import { Judge } from '../judge.ts'
import type { Correspondence } from './correspondence.ts'
import type { Predicted } from './model.ts'

export interface StepInput {
  readonly exchanges: readonly Exchange[]
  /** The requests of the exchanges with the model's ids. */
  readonly asked: readonly Asked[]
  readonly predicted: Predicted
  readonly accounts: readonly Account[]
  readonly base: string
  readonly app: string
  readonly same: Correspondence
}

export interface StepJudgement {
  readonly operation: string
  /** Differences of each exchange. */
  readonly differences: readonly (readonly Difference[])[]
  /** The status that the model gave. */
  readonly status: number
}

/** Judge the answers to one step: by the definition as always, and by what the model made of the same step. */
export async function judgeStep(input: StepInput): Promise<StepJudgement> {
  const { exchanges, predicted } = input
  const { answer } = predicted.handled
  const operation = predicted.handled.operation ?? 'protocol'
  if (input.asked[0]!.raw) {
    const differences = exchanges.map((exchange) => judgeRaw(answer, exchange.answer, input.same))
    return { operation, differences, status: answer.status }
  }
  const decoded = decodeEnvelope(answer)
  const judge = new Judge(predicted.before)
  const differences: (readonly Difference[])[] = []
  let twin: unknown
  for (const [i, exchange] of exchanges.entries()) {
    const call = callOf(input.asked[i]!, input.accounts, input.base)
    if (typeof decoded === 'string') {
      differences.push((await judge.judge(exchange, { kind: 'step', call })).differences)
      continue
    }
    const expected = inWordsOfServer(decoded, exchange, input)
    const judged = await judge.judge(exchange, {
      kind: 'step',
      call,
      predicted: expected,
      ...twinOf(exchange, expected, twin),
    })
    twin ??= judged.decided?.data === undefined ? undefined : expectedTwin(expected, judged.decided)
    differences.push(withoutEchoes(judged.differences, twin === undefined))
  }
  return { operation, differences, status: typeof decoded === 'string' ? answer.status : decoded.status }
}

function inWordsOfServer(model: Decoded, { answer }: Exchange, { same, app }: StepInput): Decoded {
  const got = decodeEnvelope(answer)
  const data = typeof got === 'string' ? undefined : got.data
  return { ...model, data: same.translate(model.data, data, app) as NonNullable<Decoded['data']> }
}

/** What XML must encode: the JSON of the same call, or what the model says. */
function twinOf({ asked, answer }: Exchange, { status, data }: Decoded, twin: unknown): { twin?: unknown } {
  if (asked.format === 'json') return {}
  const got = decodeEnvelope(answer)
  return { twin: twin ?? (typeof got !== 'string' && got.status === status ? data : undefined) }
}

/**
 * What the XML of the same call must encode. What the model does not know exactly changes by itself; where the
 * JSON already was another one, the XML is held to that and not to the model a second time.
 */
function expectedTwin(expected: Decoded, got: Decoded): unknown {
  return sameValue(expected.data, got.data) ? expected.data : got.data
}

const sameValue = (expected: unknown, got: unknown): boolean => {
  if (typeof got !== 'object' || got === null) return Object.is(expected, got) || typeof expected === 'string'
  if (typeof expected !== 'object' || expected === null) return false
  const [a, b] = [expected, got].map((value) => (value instanceof Map ? Object.fromEntries(value) : value)) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  )
}

/** What the definition says about a place need not be said again by the model. */
function withoutEchoes(differences: readonly Difference[], isAlone: boolean): Difference[] {
  const places = differences.filter(({ rule }) => rule === 'schema').map(({ where }) => where)
  return differences
    .filter(
      ({ rule, where }) =>
        rule !== 'state' || !places.some((place) => where.startsWith(place) || place.startsWith(where)),
    )
    .map((difference) =>
      isAlone && difference.rule === 'xml' ? { ...difference, rule: 'state' as const } : difference,
    )
}

/** An answer outside of OCS against the model's. */
function judgeRaw(model: Answer, got: Answer, same: Correspondence): Difference[] {
  const expected = normalise(model, got, same)
  return compareAnswers(expected, normalise(got, undefined, same)).map((difference) =>
    difference.rule === 'content-type' ? difference : { ...difference, rule: 'state' },
  )
}

/** A WebDAV answer with its responses in the order of their addresses, and in the words of the server. */
function normalise(answer: Answer, got: Answer | undefined, same: Correspondence): Answer {
  const text = textOf(answer)
  const status = { status: answer.status, headers: [['content-type', headerOf(answer, 'content-type')] as const] }
  if (!text.trimStart().startsWith('<?xml')) return { ...status, body: text }
  const root = parseXml(text)
  if (typeof root === 'string') return { ...status, body: text }
  const twin = got && parseXml(textOf(got))
  const sorted = inOrder(root)
  if (got === undefined) return { ...status, body: write(sorted) }
  return {
    ...status,
    body: write(same.translateXml(sorted, typeof twin === 'object' ? inOrder(twin) : undefined)),
  }
}

const addressOf = ({ children }: XmlElement) => children.find(({ name }) => name === 'd:href')?.text ?? ''
const statusOf = ({ children }: XmlElement) => children.find(({ name }) => name === 'd:status')?.text ?? ''

/** Neither the order of responses nor that of properties says anything. */
function inOrder(element: XmlElement): XmlElement {
  const children = element.children.map(inOrder)
  if (element.name === 'd:multistatus') children.sort((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1))
  if (element.name === 'd:prop') children.sort((a, b) => (a.name < b.name ? -1 : 1))
  if (element.name === 'd:response') children.sort((a, b) => (statusOf(a) < statusOf(b) ? -1 : 1))
  return { ...element, attributes: {}, children }
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function write(root: XmlElement): string {
  const inner = ({ name, text, children }: XmlElement): string =>
    `<${name}>${children.length > 0 ? children.map(inner).join('') : escapeXml(text)}</${name}>`
  return `<?xml version="1.0"?>${inner(root)}`
}
