import type { Endpoint } from '#line/endpoint.ts'
import type { Param } from '#line/params.ts'
import type { FuzzRandom } from '../fuzz/random.ts'
import type { Asker, Step } from './step.ts'
import { encoded, valueFor } from './values.ts'

/** A request for an operation, with parameters as a client may send them. */
export function ocsStep(endpoint: Endpoint, random: FuzzRandom, before: readonly Step[]): Step {
  const { id, app, method } = endpoint
  const value = (name: string, param?: Param<unknown>) => valueFor(name, param, random, { app, before })
  const path = endpoint.path.replace(/\{([^{}:]+)(?::[^{}]*(?:\{[^{}]*\}[^{}]*)*)?\}/g, (_, name: string) =>
    /version/i.test(name) ? versionOf(endpoint, random) : encoded(value(name, endpoint.input?.[name]) || 'x'),
  )
  const params = Object.entries<Param<unknown>>(endpoint.input ?? {})
  const pairs = params
    .filter(([name]) => !endpoint.path.includes(`{${name}`))
    .filter(([, { options }]) => random.chance(options.hasDefault ? 0.35 : 0.92))
    .map(
      ([name, param]) =>
        [`${name}${param.options.type === 'array' && random.chance(0.8) ? '[]' : ''}`, value(name, param)] as const,
    )
  const isBody = method !== 'GET' && method !== 'DELETE'
  const form = pairs.map(([name, text]) => `${name}=${encoded(text)}`)
  const query = [`format=${random.chance(0.8) ? 'json' : 'xml'}`, ...(isBody ? [] : form)]
  const script = path.startsWith('/index.php') ? '' : `/ocs/v${random.chance(0.75) ? 2 : 1}.php`
  const isJson = isBody && random.chance(0.2)
  const type = isJson ? 'application/json' : 'application/x-www-form-urlencoded'
  return {
    what: id,
    app,
    method,
    as: random.pick(askers(endpoint)),
    path: `${script}${path}?${query.join('&')}`,
    headers: {
      ...(random.chance(0.98) ? { 'OCS-APIRequest': 'true' } : {}),
      ...(isBody ? { 'Content-Type': type } : {}),
      ...(random.chance(0.04) ? { Accept: random.pick(['application/json', 'application/xml', 'text/html']) } : {}),
    },
    body: isBody ? (isJson ? jsonOf(pairs) : form.join('&')) : null,
  }
}

/** What a template says that its version may be: `{apiVersion:(v1|v2)}`. */
function versionOf({ path }: Endpoint, random: FuzzRandom): string {
  const choices = /version\d*:\(?([\w|]+)\)?\}/i.exec(path)?.[1]?.split('|') ?? ['1']
  return random.pick(choices)
}

function jsonOf(pairs: readonly (readonly [name: string, text: string])[]): string {
  const members = pairs.map(([name, text]) => (name.endsWith('[]') ? [name.slice(0, -2), [text]] : [name, text]))
  return JSON.stringify(Object.fromEntries(members))
}

function askers({ access }: Endpoint): readonly Asker[] {
  if (access === 'admin' || access === 'delegated') return ['admin', 'admin', 'admin', 'ann']
  if (access === 'public') return ['ann', 'admin', 'nobody']
  return ['ann', 'ann', 'ben', 'admin', 'ann', 'ben', 'nobody']
}
