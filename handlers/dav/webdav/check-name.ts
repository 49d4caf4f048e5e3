import type { DavContext } from '#dav/resource.ts'
import { invalidPath } from '#line/dav-exit.ts'
import { type NameProblem, nameProblem } from '#world/files/names.ts'
import type { World } from '#world/world.ts'

/**
 * Names that no file may have.
 * @param what a new folder is refused a reserved name in other words; where something is moved or copied to, a long
 *   one is refused without any
 * @throws DavError 400 InvalidPath
 */
export function checkName(world: World, name: string, what: 'file' | 'folder' | 'target' = 'file'): void {
  const problem = nameProblem(world, name)
  if (!problem) return
  const reserved = what === 'folder' && problem.kind === 'name'
  if (what === 'target' && problem.kind === 'too-long') throw invalidPath('')
  throw invalidPath(reserved ? 'Filename is a reserved word' : nameProblemText(problem))
}

/**
 * A path with a segment that leads out of a folder is none; the newer server says which it is (Nextcloud 34.0.1, asked).
 * @throws DavError 400 InvalidPath
 */
export function checkSegments({ server }: DavContext, path: string): void {
  if (!path.split('/').includes('..')) return
  throw invalidPath(server.full ? `Invalid path "${path}"` : 'Path contains invalid segments')
}

/** What is wrong with a name, in the real server's words. */
export function nameProblemText({ kind, value }: NameProblem): string {
  switch (kind) {
    case 'empty':
      return 'Empty filename is not allowed'
    case 'dots':
      return 'Dot files are not allowed'
    case 'too-long':
      return 'Filename is too long'
    case 'name':
      return `"${value}" is a forbidden file or folder name.`
    case 'basename':
      return `"${value}" is a forbidden prefix for file or folder names.`
    case 'extension':
      return value.startsWith('.') ? `"${value}" is a forbidden file type.` : `Filenames must not end with "${value}".`
    case 'control-character':
      return 'Filename contains at least one invalid character'
    case 'character':
      return `"${value}" is not allowed inside a file or folder name.`
  }
}
