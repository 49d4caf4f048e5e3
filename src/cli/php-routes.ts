import type { Json, JsonObject } from '#lib/json.ts'
import {
  methodsIn,
  type PhpLiteral,
  type PhpLiteralArray,
  type PhpMethod,
  type PhpParameter,
  readArray,
  withoutComments,
} from './php-source.ts'

/** A way to a controller. */
interface PhpRoute {
  readonly isOcs: boolean
  readonly verb: string
  readonly url: string
  /** What stands in front of it instead of `/apps/ID`. */
  readonly root: string | null
  readonly requirements: PhpLiteralArray
  readonly controller: string
  readonly method: string
}

/** Sources of controllers by the names of their classes: `NoteApiController`. */
export type Controllers = ReadonlyMap<string, string>

/**
 * The paths of an OpenAPI document, as far as `appinfo/routes.php` and the controllers of an app say them: methods,
 * addresses, parameters, and who may call.
 */
export function pathsFromPhp(app: string, routes: string | null, controllers: Controllers): JsonObject {
  const methods = new Map(
    [...controllers].map(([name, source]) => [name, new Map(methodsIn(source).map((one) => [one.name, one]))]),
  )
  const all = [
    ...(routes === null ? [] : routesIn(routes)),
    ...[...methods].flatMap(([name, own]) => attributed(name, own)),
  ]
  const urls = all.map((route) => pathOf(app, route))
  const paths: Record<string, Record<string, Json>> = {}
  /** A method can have several ways to it. */
  const taken = new Map<string, number>()
  for (const [i, route] of all.entries()) {
    const method = methods.get(route.controller)?.get(route.method)
    const path = urls[i]!
    const verb = route.verb.toLowerCase()
    if (paths[path]?.[verb] !== undefined) continue
    const operation = operationOf(route, path, method, urls)
    const id = String(operation.operationId)
    const number = (taken.get(id) ?? 0) + 1
    taken.set(id, number)
    const operationId = number === 1 ? id : `${id}-${number}`
    paths[path] = { ...paths[path], [verb]: { ...operation, operationId } }
  }
  return paths
}

const textOf = (value: PhpLiteral | undefined, otherwise = ''): string =>
  typeof value === 'string' ? value : otherwise
const arrayOf = (value: PhpLiteral | undefined): PhpLiteralArray => (typeof value === 'object' ? value : {})

const pascal = (name: string) => name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** What a resource of routes.php stands for: the method, the verb, and whether it is one of them. */
const RESOURCE = [
  ['index', 'GET', ''],
  ['show', 'GET', '/{id}'],
  ['create', 'POST', ''],
  ['update', 'PUT', '/{id}'],
  ['destroy', 'DELETE', '/{id}'],
] as const

function routesIn(file: string): PhpRoute[] {
  const source = withoutComments(file).replace(/\/\*\*[\s\S]*?\*\//g, ' ')
  const listed = (['routes', 'ocs'] as const).flatMap((section) =>
    Object.values(sectionOf(source, section)).map((one) => routeOf(arrayOf(one), section === 'ocs')),
  )
  const resources = (['resources', 'ocs-resources'] as const).flatMap((section) =>
    Object.entries(sectionOf(source, section)).flatMap(([name, one]) =>
      RESOURCE.map(([method, verb, end]): PhpRoute => {
        const url = textOf(arrayOf(one).url) + end
        const controller = `${pascal(name)}Controller`
        return { isOcs: section === 'ocs-resources', verb, url, root: null, requirements: {}, controller, method }
      }),
    ),
  )
  return [...listed.filter(({ url }) => url !== ''), ...resources]
}

function sectionOf(source: string, name: string): PhpLiteralArray {
  const found = new RegExp(`['"]${name}['"]\\s*=>\\s*`).exec(source)
  return found ? readArray(source, found.index + found[0].length) : {}
}

function routeOf(one: PhpLiteralArray, isOcs: boolean): PhpRoute {
  const [controller = '', method = ''] = textOf(one.name).split('#')
  return {
    isOcs,
    verb: textOf(one.verb, 'GET'),
    url: textOf(one.url),
    root: typeof one.root === 'string' ? one.root : null,
    requirements: arrayOf(one.requirements),
    controller: `${pascal(controller)}Controller`,
    method: camel(method),
  }
}

/** Routes that methods have above them. */
function attributed(controller: string, methods: ReadonlyMap<string, PhpMethod>): PhpRoute[] {
  return [...methods.values()].flatMap(({ name, attributes }) =>
    attributes
      .filter((one) => one.name === 'ApiRoute' || one.name === 'FrontpageRoute')
      .map(
        ({ name: kind, arguments: given }): PhpRoute => ({
          isOcs: kind === 'ApiRoute',
          verb: textOf(given.verb ?? given[0], 'GET'),
          url: textOf(given.url ?? given[1]),
          root: typeof given.root === 'string' ? given.root : null,
          requirements: arrayOf(given.requirements ?? given[2]),
          controller,
          method: name,
        }),
      ),
  )
}

function pathOf(app: string, { isOcs, url, root }: PhpRoute): string {
  const start = isOcs ? '/ocs/v2.php' : '/index.php'
  return `${start}${root ?? `/apps/${app}`}${url}`
}

const TYPES: Readonly<Record<string, Json>> = {
  int: 'integer',
  float: 'number',
  bool: 'boolean',
  string: 'string',
  array: 'array',
}

function schemaOfType(type: string): JsonObject {
  const kind = TYPES[type.replace(/^\?/, '').replace(/\|null$/, '')]
  return kind === undefined ? {} : { type: kind, ...(/^\?|null/.test(type) ? { nullable: true } : {}) }
}

const ITEM: JsonObject = { type: 'object', properties: { id: { type: 'integer' } }, additionalProperties: true }

function operationOf(route: PhpRoute, path: string, method: PhpMethod | undefined, all: readonly string[]): JsonObject {
  const marks = method?.marks ?? new Set<string>()
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const tag = route.controller
    .replace(/Controller$/, '')
    .replace(/(?<=[a-z0-9])([A-Z])/g, '_$1')
    .toLowerCase()
  const own = route.method.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const isPublic = marks.has('PublicPage')
  const isAdmin = method !== undefined && !isPublic && !marks.has('NoAdminRequired')
  const isConfirmed = marks.has('PasswordConfirmationRequired')
  const isCollection = all.some((other) => other.startsWith(`${path}/{`) && !other.slice(path.length + 2).includes('/'))
  const item = path.endsWith('}') || (isCollection && route.verb !== 'GET') ? ITEM : {}
  const schema: JsonObject = isCollection && route.verb === 'GET' ? { type: 'array', items: ITEM } : item
  const needsHeader = route.isOcs && !marks.has('NoCSRFRequired')
  return {
    operationId: `${tag}-${own}`,
    summary: `${route.verb} ${route.url}`,
    description: [isAdmin ? 'Requires admin access.' : '', isConfirmed ? 'Requires password confirmation.' : '']
      .join(' ')
      .trim(),
    security: [...(isPublic ? [{}] : []), { basic_auth: [] }, { bearer_auth: [] }],
    parameters: [
      ...inPath.map((name) => pathParameter(name, route, method)),
      ...(method?.parameters ?? []).filter(({ name }) => !inPath.includes(name)).map(queryParameter),
      ...(needsHeader ? [{ name: 'OCS-APIRequest', in: 'header', required: true, schema: { type: 'boolean' } }] : []),
    ],
    responses: {
      200: { description: '', content: { 'application/json': { schema: inEnvelope(schema, route.isOcs) } } },
    },
  }
}

function pathParameter(name: string, { requirements }: PhpRoute, method: PhpMethod | undefined): JsonObject {
  const type = method?.parameters.find((one) => one.name === name)?.type ?? 'string'
  // What a constant of the app holds is not read.
  const pattern = textOf(requirements[name]).replace(/^.*::.*$/, '')
  return {
    name,
    in: 'path',
    required: true,
    schema: { ...schemaOfType(type === '' ? 'string' : type), ...(pattern === '' ? {} : { pattern }) },
  }
}

const queryParameter = ({ name, type, isRequired }: PhpParameter): JsonObject => ({
  name,
  in: 'query',
  required: isRequired,
  schema: schemaOfType(type),
})

const inEnvelope = (data: JsonObject, isOcs: boolean): JsonObject =>
  isOcs ? { type: 'object', properties: { ocs: { type: 'object', properties: { meta: {}, data } } } } : data
