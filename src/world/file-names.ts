import { getSystemList } from './config.ts'
import type { World } from './world.ts'

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
