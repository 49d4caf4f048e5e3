import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { messageOf, UserError } from '#lib/errors.ts'
import type { Messages, Texts } from '#line/texts.ts'

const L10N = 'l10n'
const ENDING = '.json'

/**
 * The translations of a server's source tree (`core/l10n`, `lib/l10n`, `apps/ID/l10n`), of a folder of apps, or of one
 * app's checkout. A file is read when somebody asks in its language.
 * @throws UserError where the folder has none; on first use, for a file that is no JSON
 */
export function readTexts(folder: string): Texts {
  const root = resolve(folder)
  const places = [root, join(root, 'apps')].flatMap((place) =>
    foldersIn(place).map((name) => [name, join(place, name, L10N)] as const),
  )
  const own = [basename(root), join(root, L10N)] as const
  const texts: Record<string, Record<string, Messages>> = {}
  for (const [app, place] of [own, ...places].filter(([, place]) => existsSync(place))) {
    for (const file of readdirSync(place).filter((name) => name.endsWith(ENDING))) {
      texts[basename(file, ENDING)] ??= {}
      defineLater(texts[basename(file, ENDING)]!, app, () => readMessages(join(place, file)))
    }
  }
  if (Object.keys(texts).length > 0) return texts
  throw new UserError(`Failed to read texts in ${folder}: it has no file such as core/l10n/de.json or l10n/de.json.`)
}

const foldersIn = (place: string): string[] =>
  existsSync(place)
    ? readdirSync(place, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    : []

/** A member whose value is made when it is read first. */
function defineLater(target: Record<string, Messages>, name: string, read: () => Messages): void {
  let value: Messages | undefined
  const get = () => {
    value ??= read()
    return value
  }
  Object.defineProperty(target, name, { enumerable: true, configurable: true, get })
}

function readMessages(path: string): Messages {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).translations ?? {}
  } catch (error) {
    throw new UserError(`Failed to read the texts ${path}: ${messageOf(error)}.`)
  }
}
