/**
 * Compares what pages of a real server tell scripts with what ours tell, value by value: attributes of html, head and body,
 * variables, and initial states. It logs in and reads pages, and changes nothing else.
 *
 * usage: npm run compare:page -- URL [--user NAME] [--password PASSWORD] [--page NAME…]
 *   --page   login, dashboard, files or settings/user; default: all of them
 */
import { parseArgs } from 'node:util'
import { createOcsMock } from '#index.ts'
import { jsonEncode } from '#lib/php.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    user: { type: 'string', default: 'admin' },
    password: { type: 'string', default: 'admin' },
    page: { type: 'string', multiple: true },
  },
})

/** The pages by their names: where they are, and whose they are; `null`: nobody is logged in. */
const PAGES: Readonly<Record<string, { readonly path: string; readonly app: string | null }>> = {
  login: { path: 'login', app: null },
  dashboard: { path: 'apps/dashboard/', app: 'dashboard' },
  files: { path: 'apps/files/', app: 'files' },
  'settings/user': { path: 'settings/user', app: 'settings' },
}

/** What is another at each request, or on each server. */
const VARIES = /^(?:head data-requesttoken|nc_pageLoad|nc_lastLogin|state core-versionHash)$/

/** Values by their names, as JSON. */
type Told = ReadonlyMap<string, unknown>

const decoded = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#039;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')

function attributesIn(html: string): [string, unknown][] {
  return ['html', 'head', 'body'].flatMap((element) => {
    const [, inside = ''] = new RegExp(`<${element}\\b([^>]*)>`).exec(html) ?? []
    return [...inside.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|([^\s">]+)))?/g)].map(
      ([, name, quoted, bare]): [string, unknown] => [`${element} ${name}`, decoded(quoted ?? bare ?? '')],
    )
  })
}

/** What a page of the product tells: variables stand in one script, states in hidden inputs. */
function toldBy(html: string): Told {
  const variables = [...html.matchAll(/^\s*var (\w+)=(.*);\s*$/gm)].map(([, name, json]): [string, unknown] => [
    name!,
    JSON.parse(json!),
  ])
  const states = [...html.matchAll(/id="initial-state-([^"]+)" value="([^"]*)"/g)].map(
    ([, id, value]): [string, unknown] => [`state ${id}`, JSON.parse(Buffer.from(value!, 'base64').toString())],
  )
  return new Map([...attributesIn(html), ...variables, ...states])
}

async function ours(app: string | null): Promise<Told> {
  const ocs = createOcsMock({ baseUrl: url.origin + url.pathname.replace(/\/$/, '') })
  if (app !== null) ocs.signIn('admin')
  const page = await ocs.page(app === null ? {} : { app })
  const { variables, initialStates } = page.description
  const plain = (value: typeof variables): [string, unknown][] => Object.entries(JSON.parse(jsonEncode(value)))
  const states = plain(initialStates).map(([id, value]): [string, unknown] => [`state ${id}`, value])
  return new Map([...attributesIn(page.html()), ...plain(variables), ...states])
}

const [address = ''] = positionals
if (!URL.canParse(address)) {
  console.error('usage: npm run compare:page -- URL [--user NAME] [--password PASSWORD] [--page NAME…]')
  process.exit(2)
}
const url = new URL(address)
const cookies = new Map<string, string>()

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { ...(init.headers as Record<string, string>), ...(cookie === '' ? {} : { Cookie: cookie }) }
  const at = `${address.replace(/\/+$/, '')}/index.php/${path}`
  const response = await fetch(at, { ...init, headers, redirect: 'manual' })
  for (const set of response.headers.getSetCookie()) {
    const pair = set.split(';')[0] ?? ''
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
  return response
}

async function logIn(): Promise<void> {
  const { token } = await (await ask('csrftoken')).json()
  const form = { user: options.user, password: options.password, requesttoken: token }
  const { status } = await ask('login', {
    method: 'POST',
    headers: { Origin: url.origin },
    body: new URLSearchParams(form),
  })
  if (status !== 303) throw new Error(`The login was answered with ${status}.`)
}

const short = (value: unknown) => (value === undefined ? '(not there)' : JSON.stringify(value).slice(0, 160))

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two values are the same, but for the tokens of sessions in addresses. */
function isSame(one: unknown, other: unknown): boolean {
  const text = (value: unknown) => JSON.stringify(value)?.replace(/requesttoken=[^"&]*/g, 'requesttoken=')
  return text(one) === text(other)
}

/** Where two values differ, as paths below a name. */
function differences(name: string, one: unknown, other: unknown): string[] {
  if (isSame(one, other)) return []
  if (isPlain(one) && isPlain(other)) {
    const members = new Set([...Object.keys(one), ...Object.keys(other)])
    const inside = [...members].flatMap((member) => differences(`${name}/${member}`, one[member], other[member]))
    return inside.length > 0 ? inside : [`${name}: in another order`]
  }
  return [`${name}\n    real ${short(one)}\n    ours ${short(other)}`]
}

for (const name of options.page ?? Object.keys(PAGES)) {
  const page = PAGES[name]
  if (!page) throw new Error(`There is no page ${name}. There are: ${Object.keys(PAGES).join(', ')}.`)
  if (page.app !== null && cookies.size < 2) await logIn()
  if (page.app === null) cookies.clear()
  const [real, fake] = [toldBy(await (await ask(page.path)).text()), await ours(page.app)]
  const names = [...new Set([...real.keys(), ...fake.keys()])].filter((one) => !VARIES.test(one))
  const found = names.flatMap((one) => differences(one, real.get(one), fake.get(one)))
  const same = names.filter((one) => isSame(real.get(one), fake.get(one)))
  console.log(`${name}: ${same.length} of ${names.length} values are the same`)
  for (const text of found) console.log(`  ${text}`)
  if (page.app === null) cookies.clear()
}
