import type { PhpValue } from '#lib/php.ts'

/** `OCP\AppFramework\Http\DataResponse`: data with a status and headers. */
export class DataResponse {
  readonly data: PhpValue
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(data: PhpValue = [], status = 200, headers: Readonly<Record<string, string>> = {}) {
    this.data = data
    this.status = status
    this.headers = headers
  }
}

/**
 * `OCP\AppFramework\OCS\OCSException`: a failure with a message and a code. It is what the envelope says;
 * without a code that is 999.
 */
export class OCSException extends Error {
  override readonly name: string = 'OCSException'
  readonly code: number

  constructor(message = '', code = 0) {
    super(message)
    this.code = code
  }
}

/** `OCP\AppFramework\OCS\OCSBadRequestException`: code 400. */
export class OCSBadRequestException extends OCSException {
  override readonly name = 'OCSBadRequestException'
  constructor(message = '') {
    super(message, 400)
  }
}

/** `OCP\AppFramework\OCS\OCSForbiddenException`: code 403. */
export class OCSForbiddenException extends OCSException {
  override readonly name = 'OCSForbiddenException'
  constructor(message = '') {
    super(message, 403)
  }
}

/** `OCP\AppFramework\OCS\OCSNotFoundException`: code 404. */
export class OCSNotFoundException extends OCSException {
  override readonly name = 'OCSNotFoundException'
  constructor(message = '') {
    super(message, 404)
  }
}
