import { deleteApp, deleteSystem, getSystemList, setSystem } from '../settings/config.ts'
import type { World } from '../world.ts'

/** What no file may be called, as `config.php` has it; all of it in lower case. */
export interface FileNameRules {
  readonly names: readonly string[]
  readonly basenames: readonly string[]
  readonly characters: readonly string[]
  readonly extensions: readonly string[]
}

const lower = (list: readonly string[]) => list.map((text) => text.toLowerCase())

export function fileNameRules(world: World): FileNameRules {
  const system = (key: string, fallback: readonly string[] = []) => getSystemList(world, key, fallback)
  return {
    names: lower([...system('blacklisted_files'), ...system('forbidden_filenames', ['.htaccess'])]),
    basenames: lower(system('forbidden_filename_basenames')),
    characters: [...system('forbidden_chars'), '\\', '/', ...system('forbidden_filename_characters')],
    extensions: lower([...system('forbidden_filename_extensions', ['.filepart']), '.part']),
  }
}

const numbered = (name: string, digits: string) => [...digits].map((digit) => name + digit)

const WINDOWS = {
  basenames: ['con', 'prn', 'aux', 'nul', ...numbered('com', '0123456789¹²³'), ...numbered('lpt', '0123456789¹²³')],
  characters: [...'<>:"|?*'],
  extensions: [' ', '.'],
}

/** Whether everything is forbidden that Windows would not store. */
export function fitsWindows({ basenames, characters, extensions }: FileNameRules): boolean {
  return (
    WINDOWS.basenames.every((name) => basenames.includes(name)) &&
    WINDOWS.characters.every((character) => characters.includes(character)) &&
    WINDOWS.extensions.every((extension) => extensions.includes(extension))
  )
}

/** Why a name is none for a file: what kind of rule it breaks, and the part that breaks it. */
export interface NameProblem {
  readonly kind: 'empty' | 'dots' | 'too-long' | 'name' | 'basename' | 'extension' | 'control-character' | 'character'
  readonly value: string
}

/** Longer names do not fit into the server's index. */
const MAX_NAME_BYTES = 250

/** The first rule that a name breaks, in the order of the real server; `null`: it is a good name. */
export function nameProblem(world: World, name: string): NameProblem | null {
  const trimmed = name.trim()
  if (trimmed === '') return { kind: 'empty', value: name }
  if (trimmed === '.' || trimmed === '..') return { kind: 'dots', value: name }
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) return { kind: 'too-long', value: name }
  const rules = fileNameRules(world)
  const small = name.toLowerCase()
  if (rules.names.includes(small)) return { kind: 'name', value: small }
  const dot = small.indexOf('.', 1)
  if (rules.basenames.includes(dot < 0 ? small : small.slice(0, dot))) return { kind: 'basename', value: small }
  const extension = rules.extensions.find((end) => small.endsWith(end))
  if (extension !== undefined) return { kind: 'extension', value: extension }
  if (/[\0-\x1f]/.test(name)) return { kind: 'control-character', value: name }
  const character = rules.characters.find((one) => name.includes(one))
  return character === undefined ? null : { kind: 'character', value: character }
}

/** Forbid what Windows would not store, or allow it again; what else is forbidden stays so. */
export function setFitsWindows(world: World, on: boolean): void {
  const rules = fileNameRules(world)
  for (const part of ['basenames', 'characters', 'extensions'] as const) {
    const own: readonly string[] = WINDOWS[part]
    const list = on ? [...new Set([...own, ...rules[part]])] : rules[part].filter((one) => !own.includes(one))
    const key = `forbidden_filename_${part}`
    if (list.length > 0) setSystem(world, key, list)
    else deleteSystem(world, key)
  }
  deleteApp(world, 'files', 'sanitize_filenames_status')
  deleteApp(world, 'files', 'sanitize_filenames_index')
}

/** A character that stands for those which no name may have; `null`: the given one cannot. */
export function replacementFor(world: World, given: string | null): string | null {
  const { characters } = fileNameRules(world)
  const chosen = given ?? ['_', '-', ' '].find((one) => !characters.includes(one)) ?? ''
  return [...chosen].length === 1 ? chosen : null
}

/** A good name for what has a bad one. @param replacement from {@link replacementFor} */
export function sanitized(world: World, name: string, replacement: string): string {
  const { extensions, basenames, names, characters } = fileNameRules(world)
  const small = name.toLowerCase()
  let good = extensions.reduce((left, end) => (small.endsWith(end) ? left.slice(0, -end.length) : left), name)
  const dot = good.indexOf('.', 1)
  const basename = dot > 0 ? good.slice(0, dot) : good
  if (basenames.includes(basename.toLowerCase())) good = good.replaceAll(basename, `${basename} (renamed)`)
  if (good === '') good = 'renamed file'
  if (names.includes(good.toLowerCase())) good = `${good} (renamed)`
  return characters.reduce((left, character) => left.replaceAll(character, replacement), good)
}
