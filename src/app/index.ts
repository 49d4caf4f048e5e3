export {
  type AppDefinition,
  type AppRoute,
  defineApp,
  type Method,
  type MethodBody,
  type MethodContext,
  type OcsApp,
} from './define-app.ts'
export {
  DataResponse,
  OCSBadRequestException,
  OCSException,
  OCSForbiddenException,
  OCSNotFoundException,
} from './responses.ts'
