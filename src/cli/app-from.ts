import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, UserError } from '#lib/errors.ts'
import { isJsonObject, type Json, type JsonObject, membersOf } from '#lib/json.ts'
import { type DocumentedOperation, OpenApiDocument } from '#openapi/document.ts'
import { Resources } from '#openapi/resources.ts'
import { Redactor } from '#verify/redact.ts'
import { type Command, type Io, readArguments } from './command.ts'
import { operationTypes } from './operation-types.ts'
import { readLogins, readUrl, TARGET_OPTIONS } from './verify/arguments.ts'

const OPTIONS = {
  user: TARGET_OPTIONS.user,
  password: TARGET_OPTIONS.password,
  openapi: { type: 'string' },
  to: { type: 'string', default: '.' },
} as const

/** `ocs-mock app from URL`: the beginning of a double of an app, from what a server with that app answers. */
export const appFrom: Command = {
  summary: 'begin a double of an app with what a server answers',
  options: OPTIONS,
  words: ['from'],
  help: `usage: ocs-mock app from URL --openapi FILE --user NAME --password PASSWORD [OPTIONS]

Reads every collection and thing that the document names from a server that has the app, and writes three files: a copy
of the document, its types, and a module that makes an app of it, with the answers of the server as examples and a handler to
replace, typed by the document. It only reads; passwords, tokens, hosts and addresses do not reach the files. Use the module with
"ocs-mock serve --app-module FILE" or "createOcsMock({ apps: [app] })".

      --openapi FILE      the openapi.json of the app, or the folder of its checkout
      --user NAME         whom to ask as
      --password PASSWORD the password (or OCS_MOCK_PASSWORD)
      --to FOLDER         where to write app.mjs, openapi.json and operations.d.ts (default: this folder)
  -h, --help              this text

exit codes: 0 written, 2 could not
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock app', args, OPTIONS, true)
    const [what, address, ...more] = positionals
    if (what !== 'from' || address === undefined || more.length > 0)
      throw new UserError('Failed to find what to do: write "ocs-mock app from URL". See "ocs-mock app --help".')
    if (values.openapi === undefined) throw new UserError('Failed to find the document: name it with --openapi.')
    const given = await documentAt(values.openapi)
    const document = new OpenApiDocument(given.document)
    const { url, login: inUrl } = readUrl(address)
    const login = inUrl ?? readLogins(values, io.env)[0]
    if (!login) throw new UserError('Failed to ask: give an account with --user and --password.')
    const asker = new Asker(url, login, io)
    const examples = await examplesOf(document, (path) => asker.ask(path))
    const redactor = new Redactor({ base: url, secrets: [login.password] })
    redactor.learnText(JSON.stringify(examples))
    const kept = JSON.parse(redactor.text(JSON.stringify(examples))) as JsonObject
    await writeBoth(values.to, given, kept, document)
    const names = Object.keys(examples)
    io.out.write(`${join(values.to, 'app.mjs')} and openapi.json: ${names.length} operations with answers of ${url}.\n`)
    return 0
  },
}

interface Given {
  readonly document: unknown
  readonly options: { readonly id?: string; readonly name?: string; readonly version?: string }
}

async function documentAt(path: string): Promise<Given> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) {
    const { readAppFolder } = await import('./app-folder.ts')
    const { document, ...options } = await readAppFolder(path)
    return { document, options }
  }
  try {
    return { document: JSON.parse(await readFile(path, 'utf8')), options: {} }
  } catch (error) {
    throw new UserError(`Failed to read the OpenAPI document ${path}: ${messageOf(error)}`)
  }
}

/** Reads from a server what an account sees there. */
class Asker {
  readonly #url: string
  readonly #headers: Record<string, string>
  readonly #fetch: typeof fetch

  constructor(url: string, login: { readonly user: string; readonly password: string }, io: Io) {
    this.#url = url
    this.#fetch = io.fetch ?? fetch
    this.#headers = {
      Authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`,
      'OCS-APIRequest': 'true',
      Accept: 'application/json',
    }
  }

  /** What OCS calls `data`, or the whole answer; `undefined`: it is no success, or no JSON. */
  async ask(path: string): Promise<Json | undefined> {
    const answer = await this.#fetch(this.#url + path, { headers: this.#headers, redirect: 'manual' }).catch(
      (error: Error) => {
        throw new UserError(`Failed to reach ${this.#url}: ${error.message}.`)
      },
    )
    if (!answer.ok || !(answer.headers.get('content-type') ?? '').includes('json')) return undefined
    const body = (await answer.json()) as Json
    const { ocs } = membersOf(body)
    return ocs === undefined ? body : membersOf(ocs).data
  }
}

/** Answers of the server by operationId: of what can be read without an id, and then of what was found there. */
async function examplesOf(
  document: OpenApiDocument,
  ask: (path: string) => Promise<Json | undefined>,
): Promise<Record<string, Json>> {
  const resources = new Resources(document)
  const read = document.operations.filter(({ method }) => method === 'GET')
  const byLength = read.toSorted((a, b) => a.path.length - b.path.length)
  const ids = new Map<string, string>()
  const examples: Record<string, Json> = {}
  for (const operation of byLength) {
    const path = pathOf(operation, ids)
    const data = path === null ? undefined : await ask(path)
    if (data === undefined) continue
    examples[operation.operationId] = data
    const { kind, resource } = resources.roleOf(operation)
    const id = kind === 'collection' ? firstId(data) : undefined
    if (id !== undefined) ids.set(resources.parameterOf(resource), id)
  }
  return examples
}

/** The address of an operation with the ids that are known; `null`: one is not. */
function pathOf({ path, parameters }: DocumentedOperation, ids: ReadonlyMap<string, string>): string | null {
  const isMissing = parameters.some((one) => one.isRequired && one.in === 'query' && one.schema.default === undefined)
  const filled = path.replace(/\{(\w+)\}/g, (all, name: string) => {
    const { schema = {} } = parameters.find((one) => one.name === name && one.in === 'path') ?? {}
    const [first] = Array.isArray(schema.enum) ? schema.enum : []
    return ids.get(name) ?? (first === undefined ? all : String(first))
  })
  return isMissing || filled.includes('{') ? null : filled
}

/** The id of the first thing in a list, or in a list that an answer holds. */
function firstId(data: Json): string | undefined {
  const lists = Array.isArray(data) ? [data] : Object.values(membersOf(data)).filter((one) => Array.isArray(one))
  const [first] = lists[0] ?? []
  const { id } = isJsonObject(first) ? first : {}
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined
}

async function writeBoth(folder: string, { document, options }: Given, examples: JsonObject, read: OpenApiDocument) {
  const [handled] = read.operations.filter(({ method }) => method === 'POST')
  const named = Object.entries(options).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},\n`)
  const module = `import { readFileSync } from 'node:fs'
import { fromOpenApi } from 'ocs-mock/openapi'

const document = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8'))

/** What a server answered. It stands until something is made: from then on, what was made is answered. */
const examples = ${JSON.stringify(examples, null, 2)}

/** @type {import('ocs-mock/openapi').OpenApiOptions<import('./operations.d.ts').Operations>} */
const options = {
${named.join('')}  examples,
  handlers: {
    // Rules that the document cannot state, one operation at a time:
    // '${handled?.operationId ?? 'an-operation'}': async ({ input, fail }, generated) => generated(),
  },
}

export default fromOpenApi(document, options)
`
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`)
    await writeFile(join(folder, 'operations.d.ts'), operationTypes(document))
    await writeFile(join(folder, 'app.mjs'), module)
  } catch (error) {
    throw new UserError(`Failed to write to ${folder}: ${messageOf(error)}.`)
  }
}
