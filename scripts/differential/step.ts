/** Who asks: the administrator, two accounts that the session makes, or nobody. */
export type Asker = 'admin' | 'ann' | 'ben' | 'nobody'

/**
 * One request of a session. In its texts `{ann}`, `{ben}` and `{team}` stand for names of the session's own, and `{#3}`
 * for what the answer to the fourth step gave out: each server's own id.
 */
export interface Step {
  /** Which operation it is for, or the method of WebDAV. */
  readonly what: string
  readonly app: string
  readonly as: Asker
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** A step in one line, for people. */
export const describeStep = ({ as, method, path, headers, body }: Step): string =>
  `${as.padEnd(6)} ${method} ${path}${toldHeaders(headers)}${body === null ? '' : `  ${JSON.stringify(body.length > 300 ? `${body.slice(0, 300)}…` : body)}`}`

/** Headers that say more than what kind of request it is. */
const toldHeaders = (headers: Step['headers']) =>
  Object.entries(headers)
    .filter(([name]) => !/^(?:OCS-APIRequest|Content-Type)$/.test(name))
    .map(([name, value]) => `  ${name}: ${value}`)
    .join('')
