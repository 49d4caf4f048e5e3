import { isJsonObject, type Json } from '#lib/json.ts'
import type { Content, Contract, Interaction } from './contract.ts'

const MOST_SHOWN = 160

/** What a contract says, in words. */
export function explainContract({ consumer, test, provider, sequences }: Contract): string {
  const lines = [`${test}  (${consumer}, ${provider})`]
  for (const { providerState, earlier = [], interactions } of sequences) {
    const state = Object.entries(providerState).map(([member, value]) => `${member}: ${short(value)}`)
    lines.push(
      ...(state.length === 0 ? ['  given a fresh installation'] : ['  given', ...state.map((line) => `    ${line}`)]),
    )
    if (earlier.length > 0) lines.push('  after other tests', ...earlier.map((one) => `    ${whatOf(one)}`))
    for (const one of interactions) {
      lines.push(`  ${whatOf(one)}`)
      if (one.request.body) lines.push(`    with ${contentText(one.request.body)}`)
      lines.push(`    answers ${answerText(one)}`)
      if (one.cannotVerify !== undefined) lines.push(`    cannot be verified: ${one.cannotVerify}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function whatOf({ as, request: { method, path, query } }: Interaction): string {
  const asked =
    query === undefined
      ? ''
      : `?${Object.entries(query)
          .map(([name, value]) => `${name}=${String(value)}`)
          .join('&')}`
  return `${as} asks ${method} ${path}${asked}`
}

function answerText({ response: { status, body } }: Interaction): string {
  if (body && 'json' in body && isJsonObject(body.json) && isJsonObject(body.json.ocs)) {
    const { meta, data } = body.json.ocs
    const { statuscode, message } = isJsonObject(meta) ? meta : {}
    return `${status}, ${String(statuscode)} ${String(message ?? '')}: ${short(data ?? null)}`
  }
  return body === undefined ? `${status}` : `${status}: ${contentText(body)}`
}

const contentText = (content: Content): string => short(Object.values(content)[0] as Json)

function short(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN - 1)}…` : text
}
