import type { Quirks } from '#profiles/profile.ts'
import type { Answer } from './call.ts'
import type { Handled } from './run.ts'

/** What every answer of a controller carries. */
const CONTROLLER_HEADERS: Answer['headers'] = [
  ['Cache-Control', 'no-cache, no-store, must-revalidate'],
  ['Content-Security-Policy', "default-src 'none';base-uri 'none';manifest-src 'self';frame-ancestors 'none'"],
  [
    'Feature-Policy',
    "autoplay 'none';camera 'none';fullscreen 'none';geolocation 'none';microphone 'none';payment 'none'",
  ],
]

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
  for (const header of CONTROLLER_HEADERS) add(header)
  if (actor.userId !== null) add(['X-User-Id', actor.userId])
  return { ...answer, headers }
}
