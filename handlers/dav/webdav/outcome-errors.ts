import { conflict, forbidden, insufficientStorage, invalidPath, notFound, unexpected } from '#line/dav-exit.ts'

/** A name that the server keeps for itself. */
export const hiddenName = (path: string) => unexpected('OCP\\Files\\ForbiddenException', `Invalid path: files${path}`)

/** Why the world did not do it, as WebDAV says it. */
export function errorOfOutcome(outcome: string, path: string): Error {
  if (outcome === 'no-space') return insufficientStorage(`Insufficient space in ${path}`)
  if (outcome === 'no-parent' || outcome === 'not-found')
    return notFound(`File with name /${path} could not be located`)
  if (outcome === 'is-folder') return conflict('PUT is not allowed on non-files.')
  return outcome === 'bad-name' ? invalidPath('Invalid target path') : forbidden('')
}
