/** An app as the External API manual shows it: routes and controllers, in the words of PHP. */
export {
  type AppRoute,
  type ControllerMethod,
  definePhpApp,
  type MethodBody,
  type MethodContext,
  type PhpAppDefinition,
} from './php-app.ts'
export {
  DataResponse,
  OCSBadRequestException,
  OCSException,
  OCSForbiddenException,
  OCSNotFoundException,
} from './php-responses.ts'
