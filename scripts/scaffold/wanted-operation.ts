import type { KnownOperation } from '#profiles/profile.ts'

/** What was written on the command line about an operation. */
export interface OperationOptions {
  readonly id?: string | undefined
  readonly app?: string | undefined
  readonly method?: string | undefined
  readonly path?: string | undefined
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
/** `activity:GET /apps/activity/api/v2/activity` is the id of an operation that upstream has no id for. */
const SPELT_OUT = /^([a-z]\w*):([A-Z]+) (\/.*)$/

/**
 * The operation that is meant: one that the product publishes, or any other with its app, method and path.
 * @param apps ids of the apps that there are
 * @throws Error that says what to write
 */
export function wantedOperation(
  options: OperationOptions,
  published: readonly KnownOperation[],
  apps: readonly string[],
): KnownOperation {
  const known = published.find(({ id }) => id === options.id)
  if (known) return known
  const [, app, method, path] = SPELT_OUT.exec(options.id ?? '') ?? []
  const whole = { ...options, app: options.app ?? app ?? appOf(options.id, apps), method: options.method ?? method }
  const operation = complete({ ...whole, path: options.path ?? path })
  if (!operation) throw new Error(notPublished(options.id, published))
  return operation
}

/** The app that an id begins with. */
function appOf(id = '', apps: readonly string[]): string | undefined {
  return apps.filter((app) => id.startsWith(`${app}-`)).sort((a, b) => b.length - a.length)[0]
}

function complete({ id, app, method, path }: OperationOptions): KnownOperation | null {
  if (app === undefined || method === undefined || path === undefined) return null
  if (!METHODS.includes(method)) throw new Error(`Failed to read the method "${method}": write ${METHODS.join(', ')}.`)
  const bare = path.replace(/^\/ocs\/v[12]\.php/, '')
  if (!bare.startsWith('/')) throw new Error(`Failed to read the path "${path}": it begins with a slash.`)
  if (/^\/\w+\.php/.test(bare) && !bare.startsWith('/index.php/apps/')) {
    throw new Error(`${bare} is no endpoint: what is neither below /ocs nor below /index.php/apps is a defineRoute().`)
  }
  return { id: id ?? `${app}:${method} ${bare}`, app, method, path: bare }
}

function notPublished(id: string | undefined, published: readonly KnownOperation[]): string {
  if (id === undefined) return 'Say which operation: its id, or --app, --method and --path.'
  const near = published.filter((known) => known.id.includes(id)).map((known) => `  ${known.id}`)
  const hint = near.length > 0 ? ` Did you mean\n${near.slice(0, 20).join('\n')}\n` : ' '
  return `"${id}" is not published.${hint}For an operation that is not, add --app, --method and --path.`
}
