import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { codeOf, messageOf, UserError } from '#lib/errors.ts'
import { isJsonObject, type Json, type JsonObject, membersOf } from '#lib/json.ts'
import { pathsFromPhp } from './php-routes.ts'

/** What a checked-out app says of itself: `appinfo/info.xml`, and what it answers, from its document and its PHP. */
export interface AppFolder {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly document: unknown
}

/** The documents that apps publish, the one of everybody's operations first. */
const DOCUMENTS = ['openapi-full.json', 'openapi.json']

/**
 * Read the checkout of an app.
 * @param path its folder, in which `appinfo` lies
 * @throws UserError that names the file and what is wrong with it
 */
export async function readAppFolder(path: string): Promise<AppFolder> {
  const info = infoIn(path, await readIn(path, join('appinfo', 'info.xml')))
  for (const name of DOCUMENTS) {
    const text = await readIn(path, name, null)
    if (text === null) continue
    try {
      return { ...info, document: withPaths(JSON.parse(text), (await documentIn(path, info)).paths) }
    } catch (error) {
      throw failed(join(path, name), messageOf(error))
    }
  }
  const own = await documentIn(path, info)
  if (Object.keys(own.paths).length > 0) return { ...info, document: own }
  throw failed(
    path,
    `there is none of ${DOCUMENTS.join(', ')}. Apps make it with "composer run openapi". There is no route in appinfo/routes.php or lib/Controller either.`,
  )
}

/** What an app answers as far as its PHP says it. */
async function documentIn(path: string, { id, name, version }: Omit<AppFolder, 'document'>) {
  const routes = await readIn(path, join('appinfo', 'routes.php'), null)
  const paths = pathsFromPhp(id, routes, await controllersIn(path))
  return { openapi: '3.1.0', info: { title: name, version }, paths }
}

async function controllersIn(path: string): Promise<ReadonlyMap<string, string>> {
  const folder = join('lib', 'Controller')
  const names = await readdir(join(path, folder)).catch(() => [])
  const sources = names
    .filter((name) => name.endsWith('.php'))
    .map(async (name) => [name.slice(0, -'.php'.length), await readIn(path, join(folder, name))] as const)
  return new Map(await Promise.all(sources))
}

/** A document with the operations that it does not have, and the PHP of its app has. */
function withPaths(document: Json, own: JsonObject): Json {
  const { paths, ...more } = membersOf(document)
  const known = membersOf(paths)
  const ids = Object.values(known).flatMap((item) =>
    Object.values(membersOf(item)).map((one) => membersOf(one).operationId),
  )
  const added = Object.entries(own).flatMap(([path, item]) => {
    const names = (text: string) => text.replace(/\{\w+\}/g, '{}')
    if (Object.keys(known).some((one) => names(one) === names(path))) return []
    const operations = Object.entries(membersOf(item)).filter(([, one]) => !ids.includes(membersOf(one).operationId))
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)] as const]
  })
  return { ...more, paths: { ...known, ...Object.fromEntries(added) } }
}

function infoIn(path: string, text: string): Omit<AppFolder, 'document'> {
  const file = join(path, 'appinfo', 'info.xml')
  const valid = XMLValidator.validate(text)
  if (valid !== true) throw failed(file, `line ${valid.err.line}: ${valid.err.msg}`)
  const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true })
  const { info } = parser.parse(text) as { info?: Json }
  const { id, name, version } = membersOf(info)
  if (typeof id !== 'string') throw failed(file, 'it has no <id> in its <info>.')
  return { id, name: textOf(name, id), version: textOf(version, '1.0.0') }
}

/** A text; of several, one for each language, the first. */
function textOf(value: Json | undefined, otherwise: string): string {
  const [first] = Array.isArray(value) ? value : [value]
  const text: Json | undefined = isJsonObject(first) ? first['#text'] : first
  return typeof text === 'string' ? text : otherwise
}

async function readIn(path: string, name: string): Promise<string>
async function readIn(path: string, name: string, otherwise: null): Promise<string | null>
async function readIn(path: string, name: string, otherwise?: null): Promise<string | null> {
  try {
    return await readFile(join(path, name), 'utf8')
  } catch (error) {
    if (otherwise === null && codeOf(error) === 'ENOENT') return null
    throw failed(join(path, name), messageOf(error))
  }
}

const failed = (file: string, why: string) => new UserError(`Failed to read the app in ${file}: ${why}`)
