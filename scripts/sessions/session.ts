/** One request of a session. Texts may have names in braces that earlier steps captured. */
export interface SessionStep {
  /** `user:password`; without it, nobody. */
  readonly as?: string
  readonly method: string
  /** From the root of the server. */
  readonly path: string
  readonly json?: unknown
  /** A body as it is. */
  readonly text?: string
  /** Files of a multipart form, by their names: the text that each holds. */
  readonly files?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** Names for values of the answer, by a path into its JSON: `ocs.data.id`. */
  readonly capture?: Readonly<Record<string, string>>
}

/** Steps that a server takes from a fresh start. */
export interface Session {
  readonly name: string
  readonly steps: readonly SessionStep[]
}

/** What a server answered to a step, and when it was asked, in milliseconds since 1970. */
export interface RecordedStep extends SessionStep {
  readonly at: number
  readonly status: number
  readonly contentType: string
  readonly body: string
}

export interface RecordedSession extends Session {
  readonly steps: readonly RecordedStep[]
}

/** What the field of files is called. */
const FILES = 'files[]'

/** A step as a request, with what was captured filled in. */
export function requestOf(base: string, step: SessionStep, captured: ReadonlyMap<string, string>): Request {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (all, name: string) => captured.get(name) ?? all)
  const headers = new Headers({ 'OCS-APIRequest': 'true', 'Accept-Language': 'en' })
  for (const [name, value] of Object.entries(step.headers ?? {})) headers.set(name, fill(value))
  if (step.as) headers.set('Authorization', `Basic ${btoa(fill(step.as))}`)
  const init = { method: step.method, headers, redirect: 'manual' } as const
  if (step.files) {
    const body = new FormData()
    for (const [name, text] of Object.entries(step.files)) body.append(FILES, new File([text], name))
    return new Request(base + fill(step.path), { ...init, body })
  }
  if (step.text !== undefined) return new Request(base + fill(step.path), { ...init, body: step.text })
  if (step.json === undefined) return new Request(base + fill(step.path), init)
  headers.set('Content-Type', 'application/json')
  return new Request(base + fill(step.path), { ...init, body: fill(JSON.stringify(step.json)) })
}

/** Keep what a step says of its answer. */
export function capture(step: SessionStep, body: string, captured: Map<string, string>): void {
  for (const [name, path] of Object.entries(step.capture ?? {})) {
    const value = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], parse(body))
    captured.set(name, String(value))
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
