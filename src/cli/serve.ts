import { listenError } from '#adapters/listen-error.ts'
import type { OcsApp } from '#app/define-app.ts'
import { UserError } from '#lib/errors.ts'
import { isLoopback } from '#lib/loopback.ts'
import type { Texts } from '#line/texts.ts'
import { DEFAULT_PROFILE, profileNames } from '#profiles/index.ts'
import type { Scenario } from '#scenario/format.ts'
import { findShipped, shippedScenarios } from '#scenario/shipped.ts'
import { type ServeOptions, serve as startServing } from '#server.ts'
import { VERSION } from '#version.ts'
import { APP_OPTIONS, AppModules } from './app-module.ts'
import { painter } from './colour.ts'
import { type Command, type Io, readArguments, readInteger } from './command.ts'
import { readPages } from './page-option.ts'
import { readProfileOption } from './profile-file.ts'
import type { ReloadTeller } from './reload.ts'
import { jsonLine, requestLine } from './request-log.ts'
import type { SeedFile } from './seed-file.ts'
import type { TlsOptions } from './tls-option.ts'
import { exposed, welcome } from './welcome.ts'

const DEFAULT_PORT = 8080
const MOST_COLUMNS = 90

const OPTIONS = {
  port: { type: 'string', short: 'p', default: String(DEFAULT_PORT) },
  host: { type: 'string', default: '127.0.0.1' },
  profile: { type: 'string' },
  seed: { type: 'string' },
  ...APP_OPTIONS,
  app: { type: 'string', multiple: true },
  page: { type: 'string', multiple: true },
  watch: { type: 'boolean', default: false },
  scenario: { type: 'string' },
  'signed-in-as': { type: 'string' },
  tls: { type: 'boolean', default: false },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'base-url': { type: 'string' },
  'admin-token': { type: 'string' },
  cors: { type: 'string', multiple: true },
  'allow-outgoing': { type: 'string', multiple: true },
  'journal-limit': { type: 'string' },
  worlds: { type: 'string' },
  'on-unknown-route': { type: 'string', default: 'answer' },
  'no-explain': { type: 'boolean', default: false },
  fixtures: { type: 'string' },
  contract: { type: 'string' },
  texts: { type: 'string' },
  replay: { type: 'string' },
  'not-recorded': { type: 'string', default: 'model' },
  quiet: { type: 'boolean', short: 'q', default: false },
  'json-log': { type: 'boolean', default: false },
} as const

/** `ocs-mock serve`: the standalone fake server, until it is asked to end. */
export const serve: Command = {
  summary: 'start the fake server',
  options: OPTIONS,
  help: `usage: ocs-mock serve [OPTIONS]

Starts a fake Nextcloud with the control API below /__admin/. It runs until it gets SIGINT or SIGTERM.

  -p, --port PORT     where to listen; 0 picks a free port and prints it (default: ${DEFAULT_PORT})
      --host HOST     the address to listen on (default: 127.0.0.1; others can reach anything else)
      --profile NAME  what to fake: ${wrapped(profileNames)},
                      or a file that "ocs-mock profile from URL" made (default: ${DEFAULT_PROFILE})
      --seed FILE     YAML or JSON laid over a fresh installation: users, groups, apps, config, files …
      --app-module FILE
                      a module that exports apps of your own, made by defineApp; may be given several times
      --openapi FILE  the openapi.json of an app, or the folder of its checkout: it is installed, and keeps what is
                      made; may be given several times
      --app FOLDER    the same, for the folder of a checkout: what its document does not have is read from
                      appinfo/routes.php and the attributes of its controllers
      --page ID=URL   index.php/apps/ID is a page of the product that loads this script: a front end runs in a browser
                      without PHP; may be given several times
      --watch         go on with the app modules whenever something in their folders changes, in the same state
      --scenario NAME what changes meanwhile: a file (YAML or JSON), or one of
                      ${wrapped(Object.keys(shippedScenarios()))}
      --signed-in-as ACCOUNT
                      who asks where a request brings no credentials, as a browser in which somebody is logged in
      --tls           speak HTTPS, with a certificate that signs itself
      --tls-cert FILE --tls-key FILE
                      speak HTTPS with these, in PEM; where they are not there, they are made
      --base-url URL  what links in answers start with (default: the address of each request)
      --cors ORIGIN   pages of this origin may use the faked product, as http://localhost:5173; may be given several times
      --allow-outgoing HOST
                      ExApps and webhooks on this host may be called, and not only those on this machine; may be
                      given several times
      --admin-token TOKEN
                      what calls of the control API have to name: Authorization: Bearer TOKEN, or once in a
                      browser /__admin/?token=TOKEN
      --journal-limit N
                      how many requests the journal keeps (default: 1000)
      --worlds N      how many worlds of workers are kept; of more, those go that were used longest ago
                      (default: 1000)
      --on-unknown-route WHAT
                      what becomes of requests for routes that the product does not have: answer (as it does),
                      warn, or error (default: answer)
      --no-explain    leave out the header X-OCS-Mock-Why, by which answers that say no tell why
      --fixtures FOLDER
                      answers of your own: OPERATION.json has the data of an operation, or a whole answer
                      as it was saved
      --contract FOLDER
                      write down there what tests rely on, for "ocs-mock verify URL --contract": a test is who says
                      its name in the header X-OCS-Mock-Test, or else a world
      --texts FOLDER  messages in the language of whoever asks, from the translations in the source of a server or an
                      app: core/l10n, apps/ID/l10n, l10n (default: messages are English)
      --replay FOLDER answer what was recorded there as it was, before the model is asked
      --not-recorded WHO
                      who answers the rest: model, or fail with 501 (default: model)
  -q, --quiet         print the address and nothing else, except warnings
      --json-log      print one JSON line for each event and request
  -h, --help          this text

Requests are printed when a person reads along (standard output is a terminal), or with --json-log.

exit codes: 0 ended as asked, 2 could not start
`,
  async run(args, io) {
    const { values } = readArguments('ocs-mock serve', args, OPTIONS)
    const quiet = values.quiet && !values['json-log']
    const modules = new AppModules({ ...values, openapi: [...(values.openapi ?? []), ...(values.app ?? [])] })
    if (values.watch && modules.folders.length === 0)
      throw new UserError('Failed to watch: say with --app-module what.')
    const file =
      values.seed === undefined ? undefined : await (await import('./seed-file.ts')).readSeedFile(values.seed)
    const apps = await modules.read()
    const played = values.scenario === undefined ? undefined : await findScenario(values.scenario, apps)
    const profile = values.profile ?? played?.scenario.profile ?? DEFAULT_PROFILE
    const server = await start(
      {
        port: readInteger('--port', values.port, 0, 65_535),
        host: values.host,
        profile,
        ...(played ? { scenario: played.scenario } : {}),
        ...(file ? { seed: file.seed } : {}),
        apps,
        pages: readPages(values.page ?? []),
        ...(await readReplay(values.replay, values['not-recorded'])),
        ...(values.fixtures === undefined ? {} : { fixtures: await readFixtures(values.fixtures) }),
        ...(values.contract === undefined ? {} : { contract: values.contract }),
        ...(values.texts === undefined ? {} : { texts: await readTextFolder(values.texts) }),
        ...(values['signed-in-as'] === undefined ? {} : { signedInAs: values['signed-in-as'] }),
        ...(await readSecure(values)),
        ...(values['base-url'] === undefined ? {} : { baseUrl: readBaseUrl(values['base-url']) }),
        ...(values['admin-token'] === undefined ? {} : { adminToken: values['admin-token'] }),
        cors: (values.cors ?? []).map(readOrigin),
        explain: !values['no-explain'],
        onUnknownRoute: readUnknownRoute(values['on-unknown-route']),
        ...number('journalLimit', '--journal-limit', values['journal-limit'], 0),
        ...number('worlds', '--worlds', values.worlds, 1),
        allowOutgoing: values['allow-outgoing'] ?? [],
        ...logging(io, quiet, values['json-log']),
      },
      [file, played],
    )
    // Whoever reads the address may change a file at once.
    const unwatch = values.watch
      ? await (await import('./reload.ts')).reloadOnChange(modules, server, tellReloads(io, quiet, values['json-log']))
      : null
    if (!isLoopback(values.host)) io.err.write(exposed(server, values['admin-token'] !== undefined))
    if (values['json-log']) io.out.write(jsonLine('listening', { url: server.url, profile, version: VERSION }))
    else io.out.write(quiet ? `${server.url}\n` : welcome(server))
    await io.ended
    unwatch?.()
    await server.close()
    return 0
  },
}

/** Reloads tell of themselves where somebody reads along; what is wrong or lost is always told. */
function tellReloads(io: Io, quiet: boolean, json: boolean): ReloadTeller {
  return {
    reloaded: (apps, lost) => {
      if (json) io.out.write(jsonLine('reloaded', { apps, lost }))
      else if (!quiet) io.out.write(`Reloaded ${apps.join(', ')}.\n`)
      if (!json) for (const message of lost) io.err.write(`WARNING: ${message}\n`)
    },
    failed: (message) => {
      if (json) io.out.write(jsonLine('reload-failed', { message }))
      else io.err.write(`WARNING: ${message} The server goes on with what it had.\n`)
    },
  }
}

async function readSecure(values: TlsOptions & { readonly host: string }): Promise<Pick<ServeOptions, 'tls'>> {
  if (!values.tls && values['tls-cert'] === undefined && values['tls-key'] === undefined) return {}
  const tls = (await import('./tls-option.ts')).readTls(values, values.host)
  return tls ? { tls } : {}
}

async function readTextFolder(folder: string): Promise<Texts> {
  return (await import('#adapters/read-texts.ts')).readTexts(folder)
}

async function readFixtures(folder: string): Promise<ServeOptions['fixtures'] & object> {
  return (await import('./fixture-folder.ts')).readFixtureFolder(folder)
}

async function readReplay(
  folder: string | undefined,
  notRecorded: string,
): Promise<Pick<ServeOptions, 'replay' | 'notRecorded'>> {
  if (notRecorded !== 'model' && notRecorded !== 'fail')
    throw new UserError(`Failed to read --not-recorded "${notRecorded}": write model or fail.`)
  if (folder === undefined) {
    if (notRecorded === 'fail') throw new UserError('Failed to replay: say with --replay which recording it is.')
    return {}
  }
  // Whoever replays nothing does not wait for what reads recordings.
  const { readRecording } = await import('#verify/recording.ts')
  return { replay: readRecording(folder), notRecorded }
}

/** A file that knows where in it a mistake is. */
type Explains = Pick<SeedFile, 'explain'>

/** A file by its name, or a shipped scenario by its own. */
async function findScenario(
  wanted: string,
  apps: readonly OcsApp[],
): Promise<Explains & { readonly scenario: Scenario }> {
  if (/[/\\]|\.(?:ya?ml|json)$/i.test(wanted))
    return (await import('./scenario-file.ts')).readScenarioFile(wanted, apps)
  return { scenario: { name: wanted, ...findShipped(wanted) }, explain: async () => null }
}

function wrapped(names: readonly string[]): string {
  const lines = ['']
  for (const name of names) {
    const line = lines.at(-1)!
    if (line.length + name.length > MOST_COLUMNS) lines.push(name)
    else lines[lines.length - 1] = line === '' ? name : `${line}, ${name}`
  }
  return lines.join(',\n                      ')
}

function logging(io: Io, quiet: boolean, json: boolean): Omit<Partial<ServeOptions>, 'profile'> {
  const warnings: Omit<Partial<ServeOptions>, 'profile'> = {
    onScenarioFailure: (message) =>
      json ? io.out.write(jsonLine('scenario-failed', { message })) : io.err.write(`WARNING: ${message}\n`),
    onNotAllowed: (message) =>
      json ? io.out.write(jsonLine('not-allowed', { message })) : io.err.write(`WARNING: ${message}\n`),
    onNotBuilt: (message) =>
      json ? io.out.write(jsonLine('not-built', { message })) : io.err.write(`WARNING: ${message}\n`),
    onError: (error, { method, path }) => {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      if (json) io.out.write(jsonLine('error', { method, path, stack }))
      else io.err.write(`ocs-mock has a bug; ${method} ${path} was answered 500:\n${stack}\n`)
    },
  }
  if (json) return { ...warnings, onRequest: (entry) => io.out.write(jsonLine('request', entry)) }
  if (quiet || !io.out.isTerminal) return warnings
  const paint = painter(io.out, io.env)
  return { ...warnings, onRequest: (entry) => io.out.write(requestLine(entry, { columns: io.out.columns, paint })) }
}

/** What the command line asks for: a profile is a text, of a name or a file. */
type AskedFor = Omit<ServeOptions, 'profile'> & {
  readonly host: string
  readonly port: number
  readonly profile: string
}

async function start(options: AskedFor, files: readonly (Explains | undefined)[]) {
  try {
    return await startServing({ ...options, profile: await readProfileOption(options.profile) })
  } catch (error) {
    for (const file of files) {
      const explained = await file?.explain(error)
      if (explained) throw explained
    }
    throw listenError(error, options.host, options.port) ?? error
  }
}

function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UserError(`Failed to read --base-url "${text}": write an address such as "https://cloud.example.com".`)
  }
  return text
}

/** An option that is a number, where it is given. */
const number = <K extends string>(option: K, name: string, text: string | undefined, least: number) =>
  text === undefined ? {} : ({ [option]: readInteger(name, text, least, MOST_KEPT) } as Partial<Record<K, number>>)

const MOST_KEPT = 1_000_000

function readUnknownRoute(text: string): 'answer' | 'warn' | 'error' {
  if (text === 'answer' || text === 'warn' || text === 'error') return text
  throw new UserError(`Failed to read --on-unknown-route "${text}": write answer, warn or error.`)
}

function readOrigin(text: string): string {
  if (text === '*' || (URL.canParse(text) && new URL(text).origin === text)) return text
  throw new UserError(`Failed to read --cors "${text}": write an origin such as "http://localhost:5173", or "*".`)
}
