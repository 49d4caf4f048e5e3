import { isThere } from '#lib/releases.ts'
import type { Endpoint } from '#line/endpoint.ts'
import type { Param } from '#line/params.ts'
import { findProfile } from '#profiles/index.ts'
import { openProfile } from '#profiles/profile.ts'
import { compose } from '../../src/compose.ts'
import type { FuzzRandom } from '../fuzz/random.ts'
import { davStep } from './generate-dav.ts'
import type { Asker, Step } from './step.ts'

/** What members of requests are called, and what a client would send there. Names are looked up from the first. */
const VALUES: readonly (readonly [name: RegExp, values: readonly string[]])[] = [
  [/^(userid|user|uid|cloudid|owner|recipient|newowner)$/i, ['{ann}', '{ben}', 'admin', 'nobody-there']],
  [/^(groupid|group|groups?)$/i, ['{team}', 'admin', 'no-group']],
  [/^sharetypes?$/i, ['0', '1', '3', '4', '6', '7', '10', '99']],
  [/^sharewith$/i, ['{ann}', '{ben}', '{team}', 'someone@example.org', 'ann@remote.example.org', '']],
  [/^(path|file|dir|target|source)$/i, ['/one.txt', '/Folder', '/Folder/two.txt', '/missing.txt', '/', 'one.txt', '']],
  [/^permissions?$/i, ['1', '15', '17', '19', '31', '0', '32']],
  [/password/i, ['Correct-Horse-9', 'short', '']],
  [/^(email|address)$/i, ['ann@example.org', 'no-address', '']],
  [/^key$/i, ['email', 'displayname', 'phone', 'address', 'website', 'quota', 'language', 'locale', 'biography', 'x']],
  [/^value$/i, ['ann@example.org', 'Ann Other', '+4930123456', '1 GB', 'de', 'none', '', 'https://example.org']],
  [/^(limit|offset|page|size|width|height|since|cursor|itemsperpage|perpage)$/i, ['0', '1', '2', '10', '-1', '']],
  [/^(search|term|query|q|pattern)$/i, ['a', 'ann', 'one', '', 'nothing-is-called-so', '%']],
  [/(date|clearat|expire|until|timestamp|time)/i, ['2099-01-01', '4070908800', 'tomorrow', '', '1']],
  [/^(fileid|objectid|nodeid|itemid|id|shareid|tagid|notificationid|token)$/i, ['0', '1', '99999999', 'x']],
  [/^itemtype$/i, ['file', 'folder', 'call', '']],
  [/^(label|name|title|note|message|subject|displayname|shortmessage|longmessage)$/i, ['Some words', 'ä & <b>', '']],
  [/^(app|appid)$/i, ['files', 'files_sharing', 'core', 'no_app']],
  [
    /^(reshares|subfiles|shared_with_me|include_tags|publicupload|sendmail|lookup|force)$/i,
    ['true', 'false', '1', '0', ''],
  ],
]

const OTHER = ['1', '0', 'true', 'a', 'Some words', '', '[]', '-1']

/** Operations that a session may call as often as it likes: they change nothing but what is its own. */
function isSafe({ id, app, method, access, path }: Endpoint): boolean {
  if (access === 'exapp' || access === 'app-api') return false
  // What counts or shows the machine itself, waits, or speaks for itself.
  if (
    /serverinfo|updatenotification|login|wipe|ex_?app|appstore|textprocessing|taskprocessing|text2image|translation/i.test(
      id,
    )
  )
    return false
  if (/serverinfo|updatenotification|app_api|user_ldap|weather_status|webhook/.test(app)) return false
  if (method === 'GET') return true
  const isForAdmins = access === 'admin' || access === 'delegated' || access === 'subadmin-or-delegated'
  return !isForAdmins && !/\/apps\/(?:theming|settings)|\/cloud\/(?:users|groups)$/.test(path)
}

/** What sessions may ask of the default profile: operations of apps that are enabled there. */
export async function harmlessOperations(app: RegExp): Promise<Endpoint[]> {
  const profile = openProfile(findProfile())
  const installed = new Set(['core', ...profile.apps.filter(({ enabled }) => enabled).map(({ id }) => id)])
  const { endpoints } = await compose().catalogue.loadAll()
  return endpoints.filter((one) => installed.has(one.app) && app.test(one.app) && isThere(one, profile) && isSafe(one))
}

/** A session: some steps that are likely to have to do with each other. */
export function generateSession(operations: readonly Endpoint[], random: FuzzRandom, length: number): Step[] {
  const apps = [...new Set(operations.map(({ app }) => app))]
  const chosen = random.some(apps, 0.15)
  const subject = operations.filter(({ app }) => chosen.includes(app) || app === 'files_sharing')
  const steps: Step[] = []
  while (steps.length < length) {
    const isDav = random.chance(0.35)
    steps.push(
      isDav
        ? davStep(random, steps)
        : ocsStep(random.pick(subject.length > 0 && random.chance(0.8) ? subject : operations), random, steps),
    )
  }
  return steps
}

function ocsStep(endpoint: Endpoint, random: FuzzRandom, before: readonly Step[]): Step {
  const { id, app, method } = endpoint
  const value = (name: string, param?: Param<unknown>) => valueFor(name, param, random, { app, before })
  const path = endpoint.path.replace(/\{([^{}:]+)(?::[^{}]*(?:\{[^{}]*\}[^{}]*)*)?\}/g, (_, name: string) =>
    encoded(value(name) || 'x'),
  )
  const params = Object.entries<Param<unknown>>(endpoint.input ?? {})
  const pairs = params
    .filter(([, { options }]) => random.chance(options.hasDefault ? 0.35 : 0.92))
    .map(
      ([name, param]) =>
        `${name}${param.options.type === 'array' && random.chance(0.8) ? '[]' : ''}=${encoded(value(name, param))}`,
    )
  const isBody = method !== 'GET' && method !== 'DELETE'
  const query = [`format=${random.chance(0.8) ? 'json' : 'xml'}`, ...(isBody ? [] : pairs)]
  const script = path.startsWith('/index.php') ? '' : `/ocs/v${random.chance(0.75) ? 2 : 1}.php`
  return {
    what: id,
    app,
    method,
    as: random.pick(askers(endpoint)),
    path: `${script}${path}?${query.join('&')}`,
    headers: {
      'OCS-APIRequest': 'true',
      ...(isBody ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
    },
    body: isBody ? pairs.join('&') : null,
  }
}

function askers({ access }: Endpoint): readonly Asker[] {
  if (access === 'admin' || access === 'delegated') return ['admin', 'admin', 'admin', 'ann']
  if (access === 'public') return ['ann', 'admin', 'nobody']
  return ['ann', 'ann', 'ben', 'admin', 'ann', 'ben', 'nobody']
}

/** Placeholders are filled in later; all else is as an address or a form holds it. */
const encoded = (text: string) =>
  encodeURIComponent(text)
    .replace(/%7B(#?\w+)%7D/g, '{$1}')
    .replace(/%23(?=\d+\})/g, '#')

interface Known {
  readonly app: string
  readonly before: readonly Step[]
}

function valueFor(name: string, param: Param<unknown> | undefined, random: FuzzRandom, { app, before }: Known): string {
  const makers = before.flatMap((step, at) => (step.app === app && step.method === 'POST' ? [at] : []))
  if (
    /^(?:\w*id|token)$/i.test(name) &&
    !/^(?:user|group|app|circle)id$/i.test(name) &&
    makers.length > 0 &&
    random.chance(0.75)
  )
    return `{#${random.pick(makers)}}`
  const files = before.flatMap((step, at) => (step.method === 'PUT' && step.app === 'dav' ? [at] : []))
  if (/^(?:file|node|object|resource)_?id$/i.test(name) && files.length > 0 && random.chance(0.8))
    return `{#${random.pick(files)}}`
  if (param?.options.values && random.chance(0.85)) return random.pick(param.options.values)
  if (param?.options.type === 'bool') return random.pick(['true', 'false', '1', '0'])
  const [, values] = VALUES.find(([pattern]) => pattern.test(name)) ?? [null, OTHER]
  return random.pick(values)
}
