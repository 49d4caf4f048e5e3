import { readFile } from 'node:fs/promises'
import type { ParsedNode } from 'yaml'
import { codeOf, messageOf, type Place, UserError } from '#lib/errors.ts'
import { isTooDeep } from '#lib/json.ts'

/** A document that a person wrote, and where its parts are. */
export interface DocumentFile {
  readonly path: string
  readonly value: unknown
  /** `team.yaml:4:5`, where a place of the document is; for a part that is missing, where its surroundings are. */
  locate(place: Place): Promise<string>
}

const MOST_ALIASES = 1000

/**
 * Read YAML or JSON.
 * @param what names the document in errors: `the seed`
 * @throws UserError that names the file and, for a mistake in its grammar, line and column.
 */
export async function readDocumentFile(what: string, path: string): Promise<DocumentFile> {
  const text = await readTextFile(what, path)
  return {
    path,
    value: await parse(what, path, text),
    async locate(place) {
      const { line, column } = await locate(text, place)
      return `${path}:${line}:${column}`
    },
  }
}

/** @throws UserError where it cannot be read */
export async function readTextFile(what: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const message = messageOf(error)
    throw new UserError(
      `Failed to read ${what} ${path}: ${codeOf(error) === 'ENOENT' ? 'there is no such file' : (message.split(',')[0] ?? message)}.`,
    )
  }
}

/** JSON where it is JSON, because that is quicker; everything else is YAML. An empty file is an empty object. */
async function parse(what: string, path: string, text: string): Promise<unknown> {
  if (isTooDeep(text)) throw new UserError(`Failed to read ${what} ${path}: it is nested too deep.`)
  try {
    return JSON.parse(text)
  } catch {
    return parseYaml(what, path, text)
  }
}

async function parseYaml(what: string, path: string, text: string): Promise<unknown> {
  const { parseDocument } = await import('yaml')
  const document = parseDocument(text, { prettyErrors: false })
  const [mistake] = document.errors
  if (mistake) {
    const { line, column } = lineOf(text, mistake.pos[0])
    throw new UserError(`Failed to read ${what} ${path}:${line}:${column}: ${mistake.message.replace(/\.?$/, '.')}`)
  }
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {}
  } catch (error) {
    // Aliases of aliases make a short text a document that fills the memory.
    throw new UserError(`Failed to read ${what} ${path}: ${messageOf(error).replace(/\.?$/, '.')}`)
  }
}

async function locate(text: string, place: Place): Promise<{ line: number; column: number }> {
  const { isMap, isSeq, isScalar, parseDocument } = await import('yaml')
  let node: ParsedNode | null = parseDocument(text).contents
  let offset = node?.range[0] ?? 0
  for (const step of place) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (!pair) break
      offset = pair.key.range[0]
      node = pair.value
    } else if (isSeq<ParsedNode>(node) && typeof step === 'number') {
      node = node.items[step] ?? null
      offset = node?.range[0] ?? offset
    } else break
  }
  return lineOf(text, offset)
}

/** Line and column, both from 1. */
function lineOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
