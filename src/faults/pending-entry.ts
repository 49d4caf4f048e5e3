import { textOf } from '#journal/body-text.ts'
import type { RequestFacts } from '#journal/journal-entry.ts'
import type { RequestMatcher } from '#journal/match.ts'
import type { Call } from '#line/call.ts'
import { isWrong } from '#line/identify.ts'
import type { Instance } from '#line/instance.ts'
import { readOcsCall } from '#line/read-call.ts'
import { pagePath } from '#line/scripts.ts'

/** What matchers ask of requests that were not answered yet, so that nothing is found out for nobody. */
export interface EntryNeeds {
  readonly body: boolean
  readonly actor: boolean
  readonly operation: boolean
}

/** What some matchers need to know. */
export function needsOf(matchers: readonly (RequestMatcher | undefined)[]): EntryNeeds {
  const has = (member: keyof RequestMatcher) => matchers.some((matcher) => matcher?.[member] !== undefined)
  return { body: has('body'), actor: has('actor'), operation: has('operation') }
}

/** A request as the journal will tell it, before it was answered. */
export async function pendingEntry(call: Call, instance: Instance, needs: EntryNeeds): Promise<RequestFacts> {
  const body = needs.body ? await call.body() : null
  return {
    id: 0,
    at: instance.world.clock.now(),
    method: call.method,
    path: call.path,
    query: call.query,
    contentType: call.header('content-type'),
    body: body === null || body.length === 0 ? null : textOf(body),
    bodySize: body?.length ?? 0,
    actor: needs.actor ? actorOf(call, instance) : null,
    operation: needs.operation ? operationOf(call, instance) : null,
    outcome: 'answered',
    status: 0,
    ocs: null,
  }
}

/** On a fork, because logging in leaves traces and spends one-time tokens. */
function actorOf(call: Call, instance: Instance): string | null {
  const actor = instance.inWorld(instance.world.fork()).identify(call)
  return isWrong(actor) ? null : actor.userId
}

function operationOf(call: Call, instance: Instance): string | null {
  const method = call.method === 'HEAD' ? 'GET' : call.method
  const ocs = readOcsCall(call)
  const found = ocs ? instance.findEndpoint(method, ocs.path) : instance.findRoute(call.method, pagePath(call.path))
  return typeof found === 'string' ? null : found.value.id
}
