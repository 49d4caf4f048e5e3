import { defineEndpoint } from '#app/define-endpoint.ts'
import { UserError } from '#lib/errors.ts'
import type { PhpValue } from '#lib/php.ts'
import { s } from '#lib/schema.ts'
import type { Access, Endpoint, Failures, HandlerArguments, Result } from '#line/endpoint.ts'
import { OcsFailure } from '#line/failures.ts'
import type { ParamShape } from '#line/params.ts'
import type { World } from '#world/world.ts'
import { type AppContributions, type AppInfo, defineApp, type OcsApp } from './define-app.ts'
import { DataResponse, OCSException } from './php-responses.ts'

/** One route as an app's `appinfo/routes.php` has it. */
export interface AppRoute {
  /** Controller and method: `Bar#getFoo` is `controllers.Bar.getFoo`. */
  readonly name: string
  /** Below `/ocs/vN.php/apps/<app>`, with `{parameters}`: `/foobar/{id}`. */
  readonly url: string
  readonly verb?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Regular expressions that parameters of the URL must fit. */
  readonly requirements?: Readonly<Record<string, string>>
}

/** What a method may know besides its parameters. */
export interface MethodContext {
  /** The caller, or `null` on a public page. */
  readonly userId: string | null
  readonly world: World
  /** A header of the request, or the empty string. */
  header(name: string): string
}

/** The body of a controller's method. Parameters come by name; the answer is a DataResponse or its data. */
export type MethodBody = (
  parameters: Readonly<Record<string, never>> & Readonly<Record<string, unknown>>,
  context: MethodContext,
) => DataResponse | PhpValue | Promise<DataResponse | PhpValue>

/** A method with what PHP says in its signature and attributes. */
export interface ControllerMethod {
  /** Types and defaults of its parameters, cast as Nextcloud's dispatcher does. Without them, all come as they were sent. */
  readonly parameters?: ParamShape
  /** `#[NoAdminRequired]`: any account may call it. */
  readonly noAdminRequired?: boolean
  /** `#[PublicPage]`: nobody has to log in. */
  readonly publicPage?: boolean
  /** `#[SubAdminRequired]` */
  readonly subAdminRequired?: boolean
  /** `#[NoCSRFRequired]` */
  readonly noCSRFRequired?: boolean
  /** `#[PasswordConfirmationRequired]`, `strict` for its strict form. */
  readonly passwordConfirmationRequired?: boolean | 'strict'
  readonly run: MethodBody
}

export interface PhpAppDefinition extends Omit<AppContributions, 'routes'>, AppInfo {
  readonly routes: { readonly ocs: readonly AppRoute[] }
  /** Classes by name without `Controller`, each with its methods. A bare function is open to administrators only, as in PHP. */
  readonly controllers: Readonly<Record<string, Readonly<Record<string, ControllerMethod | MethodBody>>>>
}

/**
 * Define an app with an external API, as Nextcloud's developer manual shows it: sugar over {@link defineApp}.
 *
 * @example
 * const yourapp = definePhpApp('yourapp', {
 *   routes: { ocs: [{ name: 'Bar#getFoo', url: '/foobar', verb: 'GET' }] },
 *   controllers: { Bar: { getFoo: { noAdminRequired: true, run: () => new DataResponse({ foo: 'bar' }) } } },
 * })
 * @throws UserError that names the route for which there is no method.
 */
export function definePhpApp(id: string, { routes, controllers, ...definition }: PhpAppDefinition): OcsApp {
  const made = routes.ocs.map((route) => endpointOf(id, route, methodOf(id, route, controllers)))
  return defineApp(id, { ...definition, endpoints: [...made, ...(definition.endpoints ?? [])] })
}

function methodOf(id: string, route: AppRoute, controllers: PhpAppDefinition['controllers']): ControllerMethod {
  const [controller = '', method = ''] = route.name.split('#')
  const found = controllers[controller]?.[method]
  if (!found) {
    throw new UserError(
      `Failed to define the app "${id}": the route "${route.name}" (${route.url}) has no method. Add controllers.${controller}.${method}.`,
    )
  }
  return typeof found === 'function' ? { run: found } : found
}

function endpointOf(app: string, route: AppRoute, method: ControllerMethod): Endpoint {
  const url = route.url.replace(/\{(\w+)\}/g, (all, name: string) => {
    const requirement = route.requirements?.[name]
    return requirement ? `{${name}:${requirement}}` : all
  })
  return defineEndpoint({
    id: `${app}-${route.name.replace('#', '-')}`,
    app,
    method: route.verb ?? 'GET',
    path: `/apps/${app}${url === '/' ? '' : url}`,
    access: accessOf(method),
    summary: `${route.name} of the app ${app}`,
    ...(method.noCSRFRequired ? { csrf: false as const } : {}),
    ...(method.passwordConfirmationRequired
      ? {
          passwordConfirmation:
            method.passwordConfirmationRequired === 'strict' ? ('strict' as const) : (true as const),
        }
      : {}),
    ...(method.parameters ? { input: asDispatched(method.parameters) } : {}),
    output: s.any(),
    handle: (args) =>
      runMethod(`${app}: ${route.name}`, method, args as unknown as HandlerArguments<string, ParamShape, Failures>),
  })
}

/** The dispatcher keeps every number that is called `limit` within a range. */
const asDispatched = (parameters: ParamShape): ParamShape => {
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
  method: ControllerMethod,
  args: HandlerArguments<string, ParamShape, Failures>,
): Promise<Result> {
  const parameters = (method.parameters ? args.input : args.raw) as Parameters<MethodBody>[0]
  try {
    const returned = await method.run(parameters, {
      userId: args.actor.userId,
      world: args.world,
      header: (name) => args.request.header(name),
    })
    if (!(returned instanceof DataResponse)) return args.ok(returned)
    return args.respond(returned.status, returned.data, { headers: returned.headers })
  } catch (error) {
    // A code of 0 is an exception that was thrown without one.
    if (error instanceof OCSException) throw new OcsFailure(error.code === 0 ? 999 : error.code, error.message)
    // The caller sees 996 and nothing more, as from a real server; whoever wrote the app sees why.
    console.error(`${what} failed with an error that is no OCSException, answered 996:`, error)
    return args.crash()
  }
}
