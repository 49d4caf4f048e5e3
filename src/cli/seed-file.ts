import { readFile } from 'node:fs/promises'
import type { ParsedNode } from 'yaml'
import { type Place, SeedError, showPlace, UserError } from '../failures.ts'
import type { Seed } from '../world/seed.ts'

/** A seed and the file it came from. */
export interface SeedFile {
  readonly seed: Seed
  /** A mistake in the seed with the line of the file where it is; `null`: the error is about something else. */
  explain(error: unknown): Promise<UserError | null>
}

/**
 * Read a seed from YAML or JSON. What it means is checked when it is laid over a world.
 * @throws UserError that names the file and, for a mistake in its grammar, line and column.
 */
export async function readSeedFile(path: string): Promise<SeedFile> {
  const text = await readText(path)
  return {
    seed: (await parse(path, text)) as Seed,
    async explain(error) {
      if (!(error instanceof SeedError)) return null
      const { line, column } = await locate(text, error.place)
      const where = error.place.length === 0 ? '' : `${showPlace(error.place)}: `
      return new UserError(`Failed to read the seed ${path}:${line}:${column}: ${where}${error.problem}`)
    },
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UserError(
      `Failed to read the seed ${path}: ${code === 'ENOENT' ? 'there is no such file' : (message.split(',')[0] ?? message)}.`,
    )
  }
}

/** JSON where it is JSON, because that is quicker; everything else is YAML. An empty file seeds nothing. */
async function parse(path: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text)
  } catch {
    const { parseDocument } = await import('yaml')
    const document = parseDocument(text, { prettyErrors: false })
    const [mistake] = document.errors
    if (!mistake) return document.toJS() ?? {}
    const { line, column } = lineOf(text, mistake.pos[0])
    throw new UserError(`Failed to read the seed ${path}:${line}:${column}: ${mistake.message.replace(/\.?$/, '.')}`)
  }
}

/** Where a place of a document is in its text; for a part that is missing, where its surroundings are. */
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
