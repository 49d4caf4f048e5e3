import { faultSchema } from '#faults/fault.ts'
import { answeredRequestSchema, expectationSchema } from '#faults/request-schema.ts'
import { actionNames, type ScenarioVocabulary, scenarioJsonSchema } from '#scenario/format.ts'
import { VERSION } from '#version.ts'
import { seedJsonSchema } from '#world/seed.ts'
import type { ControlCall, JsonSchema, Shapes } from './call.ts'

const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

const SHAPES: Shapes = {
  seed: refTo('Seed'),
  scenario: refTo('Scenario'),
  action: refTo('Action'),
  fault: refTo('Fault'),
  request: refTo('Request'),
  expectation: refTo('Expectation'),
}

const json = (schema: JsonSchema) => ({ 'application/json': { schema } })

/** A sentence that says what is wrong, and what would be right. */
const problem = (description: string) => ({ description, content: json(refTo('Problem')) })

/** The control API as a document of OpenAPI 3.1: the calls of a server, with the seeds and scenarios that it takes. */
export function controlOpenApi(calls: readonly ControlCall[], vocabulary: ScenarioVocabulary): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const call of calls) {
    paths[`/__admin${call.path}`] ??= {}
    paths[`/__admin${call.path}`]![call.method.toLowerCase()] = operation(call)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'The control API of ocs-mock',
      version: VERSION,
      description: 'Everything works on the world that the header names, or on the one that all share.',
    },
    servers: [{ url: 'http://127.0.0.1:8080' }],
    paths,
    components: {
      schemas: schemas(vocabulary),
      parameters: {
        World: {
          name: 'X-OCS-Mock-World',
          in: 'header',
          description: 'the name of a world, made on first use',
          schema: { type: 'string', maxLength: 100 },
        },
      },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'where --admin-token is given' } },
    },
    security: [{}, { token: [] }],
  }
}

function operation(call: ControlCall): JsonSchema {
  const { method, path, summary, query = {}, sends, answers } = call
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }))
  return {
    operationId: operationId(method, path),
    summary,
    tags: [path.split('/')[1] || 'overview'],
    parameters: [...inPath, ...inQuery, { $ref: '#/components/parameters/World' }],
    ...(sends ? { requestBody: { content: json(sends(SHAPES)) } } : {}),
    responses: {
      200: { description: 'what was asked for', ...(answers ? { content: json(answers.toJsonSchema()) } : {}) },
      400: problem('what was sent cannot be'),
      403: problem('a page of another site, or another host'),
      ...(inPath.length > 0 ? { 404: problem('there is none of this name') } : {}),
      ...(/\/(?:expect|finish)$/.test(path) ? { 409: problem('what was expected did not come') } : {}),
    },
  }
}

/** `GET /snapshots/{name}/changes`: `getSnapshotsNameChanges`. */
function operationId(method: string, path: string): string {
  const words = path.match(/\w+/g) ?? ['overview']
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
}

function schemas(vocabulary: ScenarioVocabulary): JsonSchema {
  const { $schema: _, ...seed } = seedJsonSchema(vocabulary.seedMembers)
  const { $schema: __, ...scenario } = scenarioJsonSchema(vocabulary)
  const { steps } = scenario.properties as { readonly steps: { readonly items: { readonly properties: JsonSchema } } }
  const actions = actionNames(vocabulary).map((name) => [name, steps.items.properties[name]])
  return {
    Seed: seed,
    Scenario: withSeedsOfName(scenario),
    Action: { type: 'object', properties: withSeedsOfName(Object.fromEntries(actions)), additionalProperties: false },
    Fault: faultSchema.toJsonSchema(),
    Request: answeredRequestSchema.toJsonSchema(),
    Expectation: expectationSchema.toJsonSchema(),
    Problem: {
      type: 'object',
      properties: { error: { type: 'string', description: 'what is wrong, and what would be right' } },
      required: ['error'],
    },
  }
}

/** A seed inside of another document is the one that has a name. */
function withSeedsOfName<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, member) =>
    key === 'seed' && member?.type === 'object' ? { ...SHAPES.seed, description: member.description } : member,
  ) as T
}
