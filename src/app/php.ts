/** An app as the External API manual shows it: routes and controllers, in the words of PHP. */
export { type Controllers, definePhpApp, type PhpAppDefinition } from './php-app.ts'
export type { AppRoute, ControllerMethod, MethodBody, MethodContext, MethodParameters } from './php-method.ts'
export {
  DataResponse,
  OCSBadRequestException,
  OCSException,
  OCSForbiddenException,
  OCSNotFoundException,
} from './php-responses.ts'
