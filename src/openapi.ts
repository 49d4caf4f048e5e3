/** `ocs-mock/openapi`: apps made of their published documents. */
export { fromOpenApi, type OpenApiHandler, type OpenApiOptions, type OperationInputs } from '#openapi/from-openapi.ts'
