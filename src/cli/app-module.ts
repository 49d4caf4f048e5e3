import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { OcsApp } from '#app/define-app.ts'
import { codeOf, messageOf, UserError } from '#lib/errors.ts'
import { registerAppHooks } from './app-hooks.ts'

/** The options by which commands get apps of the user's: modules, and documents that say what an app answers. */
export const APP_OPTIONS = {
  'app-module': { type: 'string', multiple: true },
  openapi: { type: 'string', multiple: true },
} as const

/** What was given by {@link APP_OPTIONS}. */
interface AppValues {
  readonly 'app-module'?: readonly string[] | undefined
  readonly openapi?: readonly string[] | undefined
}

/** Modules of the user's that export apps (by default, by any name, or in lists), and OpenAPI documents of apps. */
export class AppModules {
  readonly #paths: readonly string[]
  readonly #documents: readonly string[]
  #turn = 0

  constructor({ 'app-module': paths = [], openapi = [] }: AppValues) {
    this.#paths = paths
    this.#documents = openapi
    const core = new URL('../core.js', import.meta.url)
    // Run from source there is none, and what finds the sources finds those that the modules import.
    if (paths.length > 0 && existsSync(fileURLToPath(core))) registerAppHooks(core.href)
  }

  /** The folders in which the modules are. */
  get folders(): string[] {
    return [...new Set([...this.#paths, ...this.#documents].map((path) => dirname(resolve(path))))]
  }

  /**
   * Their apps. Read again, they are read anew, with what they import of their project.
   * @throws UserError that names the file and what is wrong with it
   */
  async read(): Promise<OcsApp[]> {
    const turn = this.#turn++
    const query = turn === 0 ? '' : `?turn=${turn}`
    const [ofModules, ofDocuments] = await Promise.all([
      Promise.all(this.#paths.map((path) => appsIn(path, query))),
      Promise.all(this.#documents.map(appFrom)),
    ])
    return [...ofModules.flat(), ...ofDocuments]
  }
}

async function appsIn(path: string, query: string): Promise<OcsApp[]> {
  const exported = Object.values(await load(path, query)).flat()
  const apps = [...new Set(exported.filter(isApp))]
  if (apps.length > 0) return apps
  throw failed(path, 'it exports no app. Write "export default defineApp(\'yourapp\', { … })".')
}

/** The app of an OpenAPI document, or of a checkout that has one. */
async function appFrom(path: string): Promise<OcsApp> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) {
    const { readAppFolder } = await import('./app-folder.ts')
    const { document, ...options } = await readAppFolder(path)
    const { fromOpenApi } = await import('#openapi/from-openapi.ts')
    return fromOpenApi(document, options)
  }
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`Failed to read the OpenAPI document ${path}: ${messageOf(error)}`)
  })
  const { fromOpenApi } = await import('#openapi/from-openapi.ts')
  try {
    return fromOpenApi(JSON.parse(text))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof UserError)) throw error
    throw new UserError(`Failed to load ${path}: ${messageOf(error)}`)
  }
}

async function load(path: string, query: string): Promise<object> {
  const found = await stat(path).catch(() => null)
  if (!found) throw failed(path, 'there is no such file.')
  if (!found.isFile()) throw failed(path, 'it is no file. Name the module itself.')
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(resolve(path)).href + query)) as object
  } catch (error) {
    throw failed(path, explain(error))
  }
}

const failed = (path: string, why: string) => new UserError(`Failed to load the app module ${path}: ${why}`)

/** What went wrong in the module, and what to do where that is known. */
function explain(error: unknown): string {
  const code = codeOf(error)
  const message = messageOf(error)
  const [first = ''] = message.split('\n')
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return 'this version of Node does not read TypeScript. Compile it, run with NODE_OPTIONS="--import tsx", or use Node 22.18 or newer.'
  }
  const place = error instanceof UserError ? '' : placeOf(error)
  const sentence = place === '' && /[.!?]$/.test(first) ? first : `${first.replace(/\.$/, '')}${place}.`
  // Node does not tell programs where a mistake in the grammar is.
  if (error instanceof SyntaxError && place === '' && !/does not provide an export/.test(first))
    return `${sentence} "node --check" of it, or of what it imports, says where.`
  return /'ocs-mock(?:\/core)?' does not provide an export/.test(first)
    ? `${sentence} There is what "ocs-mock/core" exports.`
    : sentence
}

/** Where in the user's files it went wrong, as far as the error knows. */
function placeOf(error: unknown): string {
  const own = dirname(dirname(fileURLToPath(import.meta.url)))
  const lines = (error instanceof Error ? error.stack : undefined)?.split('\n') ?? []
  for (const line of lines) {
    const [, url, number] = /(file:\/\/[^\s?()]+)(?:\?turn=\d+)?:(\d+)/.exec(line) ?? []
    const path = url === undefined ? own : fileURLToPath(url)
    if (!path.startsWith(own) && !path.includes('node_modules')) return ` (${relative('.', path)}:${number})`
  }
  return ''
}

const isApp = (value: unknown): value is OcsApp =>
  typeof value === 'object' &&
  value !== null &&
  (value as OcsApp).kind === 'app' &&
  Array.isArray((value as OcsApp).endpoints)
