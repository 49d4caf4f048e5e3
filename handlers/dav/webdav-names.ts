import { invalidPath } from '../../src/dav/errors.ts'

const MAX_NAME_BYTES = 250

/**
 * Names that no file may have.
 * @throws DavError 400 InvalidPath
 */
export function checkName(name: string, _what: 'file' | 'folder' | 'target'): void {
  const problem = nameProblem(name)
  if (problem) throw invalidPath(problem)
}

/** What is wrong with a name, in the real server's words; `null`: nothing. */
export function nameProblem(name: string): string | null {
  if (name.trim() === '') return 'Filename must not be empty'
  if (name === '.' || name === '..') return 'Filename is a reserved word'
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) return 'Filename is too long'
  if (name.toLowerCase() === '.htaccess') return 'Filename is a reserved word'
  const extension = /\.(?:part|filepart)$/i.exec(name)?.[0].toLowerCase()
  if (extension) return `"${extension}" is a forbidden file type.`
  if (/[\0-\x1f]/.test(name)) return 'Filename contains at least one invalid character'
  const character = /[\\/]/.exec(name)?.[0]
  return character ? `"${character}" is not allowed inside a file or folder name.` : null
}
