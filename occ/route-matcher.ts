import { escapeRegExp } from '#lib/escape-reg-exp.ts'
import { rawurldecode } from '#lib/php.ts'

/**
 * A route of a release: its name, its methods with commas between them, its path, the controller and its method
 * (`null`: a page of no controller), what its parameters have to look like, and which of them may be left out.
 */
export type ReleaseRoute = readonly [
  name: string,
  methods: string,
  path: string,
  controller: string | null,
  method: string | null,
  requirements?: Readonly<Record<string, string>>,
  optional?: readonly string[],
]

/** The routes of each app. */
export type RouteTable = Readonly<Record<string, readonly ReleaseRoute[]>>

export type Matched = { readonly app: string; readonly route: ReleaseRoute } | 'not-found' | 'method-not-allowed'

/**
 * Find the route of a path as the router of Nextcloud does: among those of the app that the path names and those of
 * no app, and once more with a slash at the end where there is none (Nextcloud 34.0.1, source).
 * @param enabled the apps whose routes count
 * @param path below `index.php`; what is below `/ocs/v2.php` begins with `/ocsapp`
 */
export function matchRoute(table: RouteTable, enabled: readonly string[], method: string, path: string): Matched {
  const decoded = rawurldecode(path) || '/'
  const asked = appsOf(enabled, path)
  const found = matchAmong(table, asked, method, decoded)
  return found === 'not-found' && !path.endsWith('/') ? matchAmong(table, asked, method, `${decoded}/`) : found
}

function appsOf(enabled: readonly string[], path: string): readonly string[] {
  const named = /^(?:\/ocsapp)?\/apps\/([^/]*)/.exec(path)?.[1]
  const one = named ?? OWNERS.find(([start]) => path.startsWith(start))?.[1]
  return [...(one === undefined ? enabled : enabled.filter((app) => app === one)), 'core']
}

/** Whose routes are looked at for paths that name no app. */
const OWNERS: readonly (readonly [string, string])[] = [
  ['/settings/apps', 'appstore'],
  ['/settings/', 'settings'],
  ['/core/', 'core'],
]

function matchAmong(table: RouteTable, apps: readonly string[], method: string, path: string): Matched {
  const fitting = apps.flatMap((app) =>
    (table[app] ?? []).filter((route) => patternOf(route).test(path)).map((route) => ({ app, route })),
  )
  const wanted = method === 'HEAD' ? 'GET' : method
  const found = fitting.find(({ route: [, methods] }) => methods.split(', ').includes(wanted))
  if (found) return found
  return fitting.length > 0 ? 'method-not-allowed' : 'not-found'
}

/** Characters at which a parameter ends, where the path goes on with one of them. */
const SEPARATORS = '/,;.:-_~*+@|'

function patternOf([, , path, , , requirements = {}, optional = []]: ReleaseRoute): RegExp {
  let pattern = ''
  let open = 0
  for (const part of path.matchAll(/(\/?)\{(\w+)\}|[^{]+?(?=\/?\{|$)/g)) {
    const [text, slash = '', name] = part
    if (name === undefined) {
      pattern += escapeRegExp(text)
      continue
    }
    const next = path[part.index + text.length]
    const stop = next !== undefined && next !== '/' && SEPARATORS.includes(next) ? `\\${next}` : ''
    const value = `(?:${requirements[name] ?? `[^/${stop}]+`})`
    const isLeftOut = optional.includes(name) && isLast(path, part.index, optional)
    pattern += isLeftOut ? `(?:${slash}${value}` : `${slash}${value}`
    if (isLeftOut) open++
  }
  return new RegExp(`^${pattern}${')?'.repeat(open)}$`)
}

/** Only parameters at the end may be left out, each with the slash before it. */
function isLast(path: string, from: number, optional: readonly string[]): boolean {
  const rest = path.slice(from)
  const names = [...rest.matchAll(/\/?\{(\w+)\}/g)]
  return names.map(([text]) => text).join('') === rest && names.every(([, name = '']) => optional.includes(name))
}
