import { isJsonObject, type Json } from '#lib/json.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { plain } from './decode-answer.ts'
import type { Account } from './exchange.ts'
import type { CaseResult } from './judge-cases.ts'
import { readDecision } from './judge-decision.ts'
import { isSuccess } from './judge-model.ts'
import { bestRole, caseWith, type ProbeCase, pathParams } from './plan-probes.ts'
import { listIn } from './relations.ts'

/**
 * Further cases, for what is asked for by an id that nobody could know before: where no answer had data yet, and a list
 * of the server says an id. `GET …/shares` says which there are for `GET …/shares/{id}`.
 */
export function planFound(
  endpoints: readonly Endpoint[],
  accounts: readonly Account[],
  results: readonly CaseResult[],
): ProbeCase[] {
  const byBest = results.filter(({ probe }) => probe.as === bestRole(accounts))
  const answered = new Set(byBest.filter(({ sawData }) => sawData).map(({ probe }) => probe.operation))
  const asked = new Set(byBest.map(({ probe }) => probe.operation))
  const lists = new Map(endpoints.filter(({ method }) => method === 'GET').map((endpoint) => [endpoint.path, endpoint]))
  return endpoints.flatMap((endpoint): ProbeCase[] => {
    if (!asked.has(endpoint.id) || answered.has(endpoint.id)) return []
    const values = pathParams(endpoint.path).flatMap(({ name, whole, test }): [string, string][] => {
      const list = lists.get(endpoint.path.split(`/${whole}`)[0]!)
      const id = list && firstId(list, byBest, name)
      return id === undefined || test?.test(id) === false ? [] : [[name, id]]
    })
    const found = values.length === 0 ? null : caseWith(endpoint, accounts, Object.fromEntries(values))
    return found ? [found] : []
  })
}

/** The id of the first item that a list had, whatever it was asked with. */
function firstId(list: Endpoint, results: readonly CaseResult[], parameter: string): string | undefined {
  const own = results.filter(({ probe }) => probe.operation === list.id)
  for (const { request, answer } of own.flatMap(({ exchanges }) => exchanges)) {
    const decided = request.format === 'json' ? readDecision(answer, list) : ''
    if (typeof decided === 'string' || !isSuccess(decided.status)) continue
    const item = listIn(plain(decided.data))?.list[0] as Json | undefined
    const id = isJsonObject(item) ? idIn(item, parameter) : item
    if (typeof id === 'string' || typeof id === 'number') return String(id)
  }
  return undefined
}

function idIn(item: { readonly [name: string]: Json }, parameter: string): Json | undefined {
  const snake = parameter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const named = [parameter, snake, 'id'].find((name) => Object.hasOwn(item, name))
  if (named !== undefined) return item[named]
  const ids = Object.keys(item).filter((name) => /(?:_id|Id)$/.test(name))
  return ids.length === 1 ? item[ids[0]!] : undefined
}
