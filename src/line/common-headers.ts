import type { Quirks } from '#profiles/profile.ts'
import type { Answer } from './call.ts'
import type { Handled } from './run.ts'

/** The answer with the headers that all answers of its speaker carry. What it has of them itself stays. */
export function withCommonHeaders({ answer, actor }: Pick<Handled, 'answer' | 'actor'>, quirks: Quirks): Answer {
  if (answer.speaker === 'file') return answer
  const own = answer.headers
  const headers = own.slice()
  const add = ([name, value]: readonly [string, string]) => {
    for (const [known] of own) if (known === name) return
    headers.push([name, value])
  }
  for (const header of quirks.securityHeaders) add(header)
  if (answer.speaker === 'script') return { ...answer, headers }
  for (const header of quirks.controllerHeaders) add(header)
  if (quirks.namesCaller && actor.userId !== null) add(['X-User-Id', actor.userId])
  return { ...answer, headers }
}
