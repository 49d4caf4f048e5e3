import { UserError } from '#lib/errors.ts'
import type { Answer } from './call.ts'

/** A declared OCS failure on its way out of a handler. Not a bug and not a user's mistake. */
export class OcsFailure extends Error {
  override readonly name = 'OcsFailure'
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** Leaves the line at once with a ready answer. */
export class Exit extends Error {
  override readonly name = 'Exit'
  readonly answer: Answer
  constructor(answer: Answer) {
    super(`answered ${answer.status}`)
    this.answer = answer
  }
}

/** What the real server answers to an exception that nothing catches: 996 by the legacy exit. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/**
 * A PHP `Error` (not `Exception`) that nothing catches: the real server logs it and answers 200 with an empty
 * page (Nextcloud 34.0.1, asked: XML of a key that is no element name, `format[]=json`).
 */
export class Fatal extends Error {
  override readonly name = 'Fatal'
}

/** A fault broke the connection: whoever carries answers breaks it as their transport does. */
export class ConnectionDropped extends Error {
  override readonly name = 'ConnectionDropped'
  readonly code = 'ECONNRESET'
  constructor() {
    super('a fault of ocs-mock dropped the connection')
  }
}

/** The product has no such route, and `onUnknownRoute: 'error'` says that none may be asked. */
export class UnknownRouteError extends UserError {}
