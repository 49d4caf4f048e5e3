import type { Answer } from './call.ts'
import { why } from './why.ts'

/** What a WebDAV server refuses with: a status, and a document that names the exception. */
export class DavError extends Error {
  override readonly name = 'DavError'
  readonly status: number
  readonly exception: string
  readonly details: readonly string[]
  readonly headers: Answer['headers']
  /** Namespaces that the root declares beside the usual two. */
  readonly namespaces: string
  /** Thrown before the answer says who asked. */
  readonly early: boolean

  constructor(
    status: number,
    exception: string,
    message: string,
    more: {
      /** Elements after the message, each ready to be written. */
      readonly details?: readonly string[]
      readonly headers?: Answer['headers']
      readonly namespaces?: string
      readonly early?: boolean
    } = {},
  ) {
    super(message)
    this.status = status
    this.exception = exception
    this.details = more.details ?? []
    this.headers = more.headers ?? []
    this.namespaces = more.namespaces ?? ''
    this.early = more.early ?? false
  }
}

const sabre = (status: number, name: string) => (message: string, headers?: Answer['headers']) =>
  new DavError(status, `Sabre\\DAV\\Exception\\${name}`, message, headers ? { headers } : {})

/** Exceptions by the name the real server gives them. */
export const badRequest = sabre(400, 'BadRequest')
export const notAuthenticated = sabre(401, 'NotAuthenticated')
export const forbidden = sabre(403, 'Forbidden')
export const notFound = sabre(404, 'NotFound')
export const conflict = sabre(409, 'Conflict')
export const unsupportedMediaType = sabre(415, 'UnsupportedMediaType')
export const rangeNotSatisfiable = sabre(416, 'RequestedRangeNotSatisfiable')
export const notImplemented = sabre(501, 'NotImplemented')
export const serviceUnavailable = sabre(503, 'ServiceUnavailable')
export const insufficientStorage = sabre(507, 'InsufficientStorage')

export const methodNotAllowed = (message: string, allow: readonly string[]): DavError =>
  new DavError(405, 'Sabre\\DAV\\Exception\\MethodNotAllowed', message, { headers: [['Allow', allow.join(', ')]] })

/** A header asked for a state that is not the resource's. */
export const preconditionFailed = (message: string, header?: string, headers: Answer['headers'] = []): DavError =>
  new DavError(412, 'Sabre\\DAV\\Exception\\PreconditionFailed', message, {
    details: header === undefined ? [] : [`<s:header>${header}</s:header>`],
    headers,
  })

/** An exception of PHP that nothing expected. */
export const unexpected = (exception: string, message: string): DavError => new DavError(500, exception, message)

const locked = (name: string, tag: string) => (path: string) =>
  new DavError(423, `Sabre\\DAV\\Exception\\${name}`, '', {
    details: [`<d:${tag}>\n    <d:href>${escapeText(path)}</d:href>\n  </d:${tag}>`],
  })

/** A lock whose token did not come. */
export const lockedBy = locked('Locked', 'lock-token-submitted')
/** A lock where another one is. */
export const conflictingLock = locked('ConflictingLock', 'no-conflicting-lock')
/** A lock that only the storage knows of. */
export const fileLocked = (path: string, token: string): DavError =>
  new DavError(
    423,
    'OCA\\DAV\\Connector\\Sabre\\Exception\\FileLocked',
    `"${path}" is locked, existing lock on file: ${token}`,
  )

/** Exceptions of the product that say whether it is worth to try again. */
const reasoned = (status: number, name: string) => (message: string) =>
  new DavError(status, `OCA\\DAV\\Connector\\Sabre\\Exception\\${name}`, message, {
    namespaces: ' xmlns:o="http://owncloud.org/ns"',
    details: ['<o:retry xmlns:o="o:">false</o:retry>', `<o:reason xmlns:o="o:">${escapeText(message)}</o:reason>`],
  })

/** A name that no file may have. */
export const invalidPath = reasoned(400, 'InvalidPath')
/** Something that an app denies. */
export const denied = reasoned(403, 'Forbidden')

/** The answer that an error is. Its document is indented, unlike all others. */
export function errorAnswer(error: DavError): Answer {
  const message = error.message === '' ? '<s:message/>' : `<s:message>${escapeText(error.message)}</s:message>`
  const lines = [`<s:exception>${escapeText(error.exception)}</s:exception>`, message, ...error.details]
  return {
    status: error.status,
    why: why('handler', `${error.exception}: ${error.message}`),
    headers: [...error.headers, ['Content-Type', 'application/xml; charset=utf-8']],
    body: `<?xml version="1.0" encoding="utf-8"?>\n<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"${error.namespaces}>\n${lines
      .map((line) => `  ${line}\n`)
      .join('')}</d:error>\n`,
  }
}

/** PHP's DOM leaves quotes alone. */
function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (char) =>
    char === '&' ? '&amp;' : char === '<' ? '&lt;' : char === '>' ? '&gt;' : '&#13;',
  )
}
