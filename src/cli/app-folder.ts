import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { codeOf, messageOf, UserError } from '#lib/errors.ts'
import { isJsonObject, type Json, membersOf } from '#lib/json.ts'

/** What a checked-out app says of itself: `appinfo/info.xml`, and the document of what it answers. */
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
      return { ...info, document: JSON.parse(text) }
    } catch (error) {
      throw failed(join(path, name), messageOf(error))
    }
  }
  throw failed(path, `there is none of ${DOCUMENTS.join(', ')}. Apps make it with "composer run openapi".`)
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
