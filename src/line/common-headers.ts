import type { Answer } from './call.ts'
import type { Instance } from './instance.ts'
import type { Handled } from './run.ts'

/** The answer with the headers that all answers of its speaker carry. What it has of them itself stays. */
export function withCommonHeaders({ answer, actor }: Pick<Handled, 'answer' | 'actor'>, instance: Instance): Answer {
  if (answer.speaker === 'file') return answer
  const { quirks } = instance.profile
  const own = answer.headers
  const headers = own.slice()
  const add = ([name, value]: readonly [string, string]) => {
    for (const [known] of own) if (known === name) return
    headers.push([name, value])
  }
  for (const header of quirks.securityHeaders) add(header)
  const isScript = answer.speaker === 'script'
  const namedIn = isScript ? answer.namedIn : CONTROLLER
  if (quirks.namesRequests && namedIn) {
    const id = instance.nextRequestId()
    for (const name of namedIn) headers.push([name, id])
  }
  if (isScript) return { ...answer, headers }
  for (const header of quirks.controllerHeaders) add(header)
  if (quirks.namesCaller && actor.userId !== null) add(['X-User-Id', actor.userId])
  return { ...answer, headers }
}

const CONTROLLER = ['X-Request-Id']
