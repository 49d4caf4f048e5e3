import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { clientFor, type ExAppRequest, readBody, requestToExApp } from '#app-api/client.ts'
import { type JsonObject, membersOf } from '#lib/json.ts'
import * as exApps from '#world/exapps/exapps.ts'

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const

const input = {
  appId: p.string(),
  route: p.string().describe('Of the ExApp; a slash in front is added where it is missing'),
  userId: p.string().orNull().describe('Whom the server speaks for; nobody where it is left out'),
  method: p
    .string()
    .default('POST')
    .oneOf(...METHODS),
  params: p.array().default([]).describe('The query of a GET, the JSON body of anything else'),
  options: p.array().default([]).describe('`headers`, and `timeout` in seconds (3)'),
}

const error = s.object({ error: s.string() })

const definition = {
  app: 'app_api',
  method: 'POST',
  access: 'admin',
  csrf: false,
  summary: 'Call a route of an ExApp as the server and pass its answer on',
  input,
  output: s.union(s.object({ status_code: s.int(), headers: s.record(s.list(s.string())), body: s.string() }), error),
  responses: { 400: error },
  notImplemented: [
    'options of the HTTP client other than headers and timeout',
    'how the ExApp wrote the names of its headers, and repeated headers as several values',
  ],
} as const

type RequestArguments = HandlerArguments<'/', typeof input, Record<never, never>>

async function forward(args: RequestArguments) {
  const { input: parameters, world, ok, respond } = args
  const exApp = exApps.find(world, parameters.appId)
  if (!exApp) return ok({ error: `ExApp \`${parameters.appId}\` not found` })
  if (!isMethod(parameters.method)) return respond(400, { error: 'Bad HTTP method' })
  const client = { ...clientFor(args), requestId: world.random.token(20) }
  const answer = await requestToExApp(client, exApp, parameters.route, {
    method: parameters.method,
    userId: parameters.userId,
    params: parameters.params,
    ...readOptions(membersOf(parameters.options)),
  })
  const body = answer instanceof Response ? await readBody(answer) : answer
  if (!(answer instanceof Response) || 'error' in body)
    return respond(400, { error: 'error' in body ? body.error : '' })
  return ok({
    status_code: answer.status,
    headers: headersOf(answer),
    body: new TextDecoder().decode(body),
  })
}

const isMethod = (method: string): method is (typeof METHODS)[number] => METHODS.some((known) => known === method)

function readOptions({ headers, timeout }: JsonObject): Pick<ExAppRequest, 'headers' | 'timeout'> {
  const entries = typeof headers === 'object' && headers !== null ? Object.entries(headers) : []
  return {
    headers: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
    ...(Number.isFinite(Number(timeout ?? Number.NaN)) ? { timeout: Number(timeout) } : {}),
  }
}

/** Headers with a list of values each, their names written as servers usually do. */
const headersOf = ({ headers }: Response) =>
  Object.fromEntries(
    [...headers].map(([name, value]) => [name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), [value]]),
  )

export const request = defineEndpoint({
  ...definition,
  id: 'app_api-ocs_ex_app-request-to-ex-app',
  path: '/apps/app_api/api/v1/ex-app/request/{appId}/',
  handle: forward,
})

/**
 * The route is written `{$userId}`, which is no parameter: only a path with these very characters is answered
 * (Nextcloud 34.0.1, asked). Braces cannot stand inside of our templates.
 */
export const requestForUser = defineEndpoint({
  ...definition,
  id: 'app_api-ocs_ex_app-ae-request-to-ex-app',
  path: '/apps/app_api/api/v1/ex-app/request/{appId}/{literal:.\\$userId.}',
  handle: forward,
})
