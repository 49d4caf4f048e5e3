import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { OcsApp } from '#app/define-app.ts'
import { codeOf, messageOf, UserError } from '#lib/errors.ts'

/**
 * Load the apps that a module of the user's exports: by default, by any name, or in lists.
 * @throws UserError that names the file and what is wrong with it
 */
export async function readAppModule(path: string): Promise<OcsApp[]> {
  const exported = Object.values(await load(path)).flat()
  const apps = [...new Set(exported.filter(isApp))]
  if (apps.length > 0) return apps
  throw failed(path, 'it exports no app. Write "export default defineApp(\'yourapp\', { … })".')
}

async function load(path: string): Promise<object> {
  const found = await stat(path).catch(() => null)
  if (!found) throw failed(path, 'there is no such file.')
  if (!found.isFile()) throw failed(path, 'it is no file. Name the module itself.')
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(resolve(path)).href)) as object
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
    return 'this version of Node does not read TypeScript. Compile it, or use Node 22.18 or newer.'
  }
  if (code === 'ERR_MODULE_NOT_FOUND' && /'ocs-mock'/.test(message)) {
    return 'it imports ocs-mock, which is not installed there. Run "npm install --save-dev ocs-mock".'
  }
  return /[.!?]$/.test(first) ? first : `${first}.`
}

const isApp = (value: unknown): value is OcsApp =>
  typeof value === 'object' &&
  value !== null &&
  (value as OcsApp).kind === 'app' &&
  Array.isArray((value as OcsApp).endpoints)
