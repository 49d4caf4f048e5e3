/** `ocs-mock/openapi`: apps made of their published documents. */
export { fromOpenApi, type OpenApiHandler, type OpenApiOptions } from '#openapi/from-openapi.ts'
