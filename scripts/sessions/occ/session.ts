import type { SessionStep } from '../session.ts'

/** One command line: its words as a shell would take them, or with what else it is given. */
export type OccStep =
  | string
  | {
      readonly occ: string
      readonly env?: Readonly<Record<string, string>>
      /** What standard input holds; with it, questions may be asked. */
      readonly stdin?: string
    }
  /** A request that comes between commands, for what no command can do. Its answer is not kept. */
  | { readonly request: SessionStep }

/** Command lines and requests that a server takes from a fresh start. */
export interface OccSession {
  readonly name: string
  readonly steps: readonly OccStep[]
}

/** What a server's console said. */
export interface OccOutcome {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** A run as it was recorded. */
export interface OccRun extends OccOutcome {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
}

export interface RecordedOccSession {
  readonly name: string
  readonly runs: readonly (OccRun | { readonly request: SessionStep })[]
}

/** Stands in a recorded line for what two recordings of the same server had different. */
export const VARIES = '{*}'

/** What every account of the sessions is given. */
export const PASSWORD = 'Corr3ct-h0rse!'

/** Makes an account. */
export const account = (id: string, more = ''): OccStep => ({
  occ: `user:add --password-from-env ${more} ${id}`.replace('  ', ' '),
  env: { OC_PASS: PASSWORD, NC_PASS: PASSWORD },
})

const DAV = '/remote.php/dav/files'

/** Writes a file by WebDAV, which is also the account's first login. */
export const put = (userId: string, path: string, content: string): OccStep => ({
  request: { as: loginOf(userId), method: 'PUT', path: `${DAV}/${userId}/${path}`, text: content },
})

export const dav = (userId: string, method: string, path: string, headers: Record<string, string> = {}): OccStep => ({
  request: { as: loginOf(userId), method, path: `${DAV}/${userId}/${path}`, headers },
})

/** A call of an OCS operation with a JSON body. */
export const ocs = (userId: string, method: string, path: string, json?: unknown): OccStep => ({
  request: {
    as: loginOf(userId),
    method,
    path: `/ocs/v2.php/${path}`,
    ...(json === undefined ? {} : { json }),
  },
})

const loginOf = (userId: string) => (userId === 'admin' ? 'admin:admin' : `${userId}:${PASSWORD}`)
