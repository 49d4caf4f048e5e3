import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import type { Access, Endpoint, Failures, HandlerArguments, Result } from '#line/endpoint.ts'
import { OcsFailure } from '#line/failures.ts'
import type { ParamShape } from '#line/params.ts'
import { defineEndpoint } from './define-endpoint.ts'
import type { AppRoute, ControllerMethod, MethodBody, MethodParameters } from './php-method.ts'
import { DataResponse, OCSException } from './php-responses.ts'

/** A method whatever its parameters are. */
type AnyMethod = ControllerMethod<never> | ControllerMethod
type AnyBody = MethodBody<never> | MethodBody
type AnyControllers = Readonly<Record<string, Readonly<Record<string, AnyMethod | AnyBody>>>>
type Arguments = HandlerArguments<string, ParamShape, Failures>

/** Which routes there are, and where. */
interface Routes {
  readonly ocs?: readonly AppRoute[]
  readonly routes?: readonly AppRoute[]
}

/**
 * The endpoints that routes and controllers of PHP are.
 * @throws UserError that names the route or the method and what to write
 */
export function endpointsOf(app: string, routes: Routes, controllers: object): Endpoint[] {
  return [
    ...(routes.ocs ?? []).flatMap((route) => endpointsOfRoute(app, route, controllers as AnyControllers, 'ocs')),
    ...(routes.routes ?? []).flatMap((route) => endpointsOfRoute(app, route, controllers as AnyControllers, 'index')),
  ]
}

/** Where a route is: below `/ocs/vN.php`, or below `/index.php`. */
type Script = 'ocs' | 'index'

function endpointsOfRoute(app: string, route: AppRoute, controllers: AnyControllers, script: Script): Endpoint[] {
  const method = methodOf(app, route, controllers)
  const id = `${app}-${route.name.replace('#', '-')}${route.postfix ?? ''}`
  return pathsOf(app, route, script).map(({ path, without }) =>
    endpointOf({ app, id: without === '' ? id : `${id}-without-${without}`, path, route, method, script }),
  )
}

function methodOf(app: string, route: AppRoute, controllers: AnyControllers): ControllerMethod {
  const { name, url } = route
  const [controller, action] = name.split('#')
  const fail = (problem: string) => new UserError(`Failed to define the app "${app}": the route "${name}" ${problem}`)
  if (!controller || !action) throw fail(`(${url}) names no method. Write its name as "Controller#method".`)
  const className = camelCase(controller[0]!.toUpperCase() + controller.slice(1))
  const methodName = camelCase(action)
  const found = controllers[className]?.[methodName]
  if (!found) {
    const known = Object.keys(controllers[className] ?? controllers)
    const hint = known.length === 0 ? '' : ` ${didYouMean(controllers[className] ? methodName : className, known)}`
    throw fail(`(${url}) has no method. Add controllers.${className}.${methodName}.${hint}`)
  }
  const method = typeof found === 'function' ? { run: found } : found
  for (const member of Object.keys(method)) {
    if (Object.hasOwn(MEMBERS, member)) continue
    throw fail(`has a method with an unknown member "${member}". ${didYouMean(member, Object.keys(MEMBERS))}`)
  }
  if (typeof method.run !== 'function') throw fail(`has a method without a body. Write run: (parameters) => …`)
  return method as ControllerMethod
}

/** What a method can be written with. */
const MEMBERS: Readonly<Record<keyof ControllerMethod, true>> = {
  parameters: true,
  noAdminRequired: true,
  publicPage: true,
  subAdminRequired: true,
  noCSRFRequired: true,
  passwordConfirmationRequired: true,
  summary: true,
  output: true,
  responses: true,
  failures: true,
  probe: true,
  run: true,
}

const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The path of a route, and those without parameters at its end that have defaults. */
function pathsOf(app: string, route: AppRoute, script: Script): { path: string; without: string }[] {
  const { requirements = {}, defaults = {}, root = `/apps/${app}` } = route
  // Only a few apps of the product may have pages elsewhere.
  const start = script === 'index' ? `/index.php/apps/${app}` : root
  const segments = route.url.split('/').filter((segment) => segment !== '')
  const path = (count: number) => {
    const below = segments.slice(0, count).map((segment) => `/${narrowed(segment, requirements)}`)
    return `${start}${below.join('')}`
  }
  // A URL that ends with a slash is answered without it too.
  const paths = [{ path: path(segments.length) + (route.url.endsWith('/') ? '/' : ''), without: '' }]
  for (let count = segments.length; count > 0; count--) {
    const name = /^\{(\w+)\}$/.exec(segments[count - 1]!)?.[1]
    if (name === undefined || !Object.hasOwn(defaults, name)) break
    paths.push({ path: path(count - 1), without: name })
  }
  return paths
}

const narrowed = (segment: string, requirements: Readonly<Record<string, string>>) =>
  segment.replace(/^\{(\w+)\}$/, (all, name: string) =>
    requirements[name] === undefined ? all : `{${name}:${requirements[name]}}`,
  )

interface EndpointParts {
  readonly app: string
  readonly id: string
  readonly path: string
  readonly route: AppRoute
  readonly method: ControllerMethod
  readonly script: Script
}

function endpointOf({ app, id, path, route, method, script }: EndpointParts): Endpoint {
  const { passwordConfirmationRequired: confirmation, parameters, responses, failures, probe } = method
  const { defaults = {} } = route
  const input = parameters && asDispatched(withDefaults(parameters, defaults))
  return defineEndpoint({
    id,
    app,
    method: route.verb ?? 'GET',
    path,
    access: accessOf(method),
    summary: method.summary ?? `${route.name} of the app ${app}`,
    ...(method.noCSRFRequired ? { csrf: false as const } : {}),
    ...(confirmation ? { passwordConfirmation: confirmation } : {}),
    ...(script === 'index' ? { envelope: false as const } : {}),
    ...(input ? { input } : {}),
    output: method.output ?? s.any(),
    ...(responses ? { responses } : {}),
    ...(failures ? { failures } : {}),
    ...(probe ? { probe } : {}),
    handle: (args) => {
      // What came over the wire is data; what has a declared type was cast to it.
      const given = (input ? args.input : { ...defaults, ...args.raw }) as MethodParameters<unknown>
      return runMethod(`${app}: ${route.name}`, method.run, given, args as unknown as Arguments, script)
    },
  })
}

function withDefaults(parameters: ParamShape, defaults: NonNullable<AppRoute['defaults']>): ParamShape {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, param]) => [
      name,
      Object.hasOwn(defaults, name) ? param.default(defaults[name]) : param,
    ]),
  )
}

/** The dispatcher keeps every number that is called `limit` within a range. */
function asDispatched(parameters: ParamShape): ParamShape {
  const { limit } = parameters
  return limit ? { ...parameters, limit: limit.limiting() } : parameters
}

function accessOf(method: ControllerMethod): Access {
  if (method.publicPage) return 'public'
  if (method.noAdminRequired) return 'user'
  return method.subAdminRequired ? 'subadmin' : 'admin'
}

async function runMethod(
  what: string,
  run: MethodBody,
  parameters: MethodParameters<unknown>,
  args: Arguments,
  script: Script,
): Promise<Result> {
  try {
    const returned = await run(parameters, {
      userId: args.actor.userId,
      world: args.world,
      header: (name) => args.request.header(name),
    })
    if (!(returned instanceof DataResponse)) return args.ok(returned)
    return args.respond(returned.status, returned.data, { headers: returned.headers })
  } catch (error) {
    // A code of 0 is an exception that was thrown without one. Pages do not know these exceptions.
    if (error instanceof OCSException && script === 'ocs') {
      throw new OcsFailure(error.code === 0 ? 999 : error.code, error.message)
    }
    // The caller sees 996 and nothing more, as from a real server; whoever wrote the app sees why.
    console.error(`${what} failed with an error that is no OCSException, answered 996:`, error)
    return args.crash()
  }
}
