import type { Answer, Call } from '#line/call.ts'
import type { Handled } from '#line/run.ts'

/** One request as it came and was answered, before anything in it is named. */
export interface RawExchange {
  readonly call: Pick<Call, 'method' | 'path' | 'query' | 'origin'>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly answer: Answer
  readonly handled: Omit<Handled, 'answer'>
  /** The app of the operation, or the empty string. */
  readonly app: string
  /** Milliseconds since 1970 by the world's clock. */
  readonly at: number
  /** What happened before it that no request did. */
  readonly cannotVerify: string | null
}

/** Headers that decide what is answered; of `authorization` only who it names is kept. */
export const DECISIVE_HEADERS = [
  'accept',
  'accept-language',
  'authorization',
  'content-type',
  'content-range',
  'ocs-apirequest',
  'requesttoken',
  'depth',
  'destination',
  'overwrite',
  'if',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'timeout',
  'lock-token',
  'oc-checksum',
  'oc-total-length',
  'oc-chunked',
  'x-oc-mtime',
  'x-oc-ctime',
  'x-nc-skip-trashbin',
  'x-nc-webdav-automkcol',
  'x-nc-nickname',
  'x-user-lock',
  'x-user-lock-type',
  'x-http-method-override',
] as const
