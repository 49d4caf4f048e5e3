import type { DavServer } from '#dav/resource.ts'
import {
  conflict,
  DavError,
  forbidden,
  insufficientStorage,
  invalidPath,
  notFound,
  unexpected,
} from '#line/dav-exit.ts'

/** A name that the server keeps for itself. */
export const hiddenName = (path: string) => unexpected('OCP\\Files\\ForbiddenException', `Invalid path: files${path}`)

/** Methods that look elsewhere before they look at the name. */
const LOOK_LATER: ReadonlySet<string> = new Set(['MKCOL', 'PROPPATCH', 'LOCK', 'UNLOCK', 'REPORT'])

/**
 * No request for a name that the server keeps for itself gets any further (Nextcloud 34.0.1, asked).
 * @param path below the server's base
 * @throws DavError 500, of the older server 400
 */
export function checkHiddenName({ full }: Pick<DavServer, 'full'>, method: string, path: string): void {
  if (!/(?:^|\/)\.htaccess$/.test(path) || LOOK_LATER.has(method)) return
  const inFiles = full ? /^files\/[^/]+(\/.+)$/.exec(path)?.[1] : `/${path}`
  if (inFiles === undefined) return
  const more = { early: method === 'PUT' }
  if (full) {
    throw new DavError(500, 'OCP\\Files\\ForbiddenException', `Invalid path: files${inFiles}`, more)
  }
  const { status, exception, message, details, namespaces } = invalidPath(
    '".htaccess" is a forbidden file or folder name.',
  )
  throw new DavError(status, exception, message, { details, namespaces, ...more })
}

/** Why the world did not do it, as WebDAV says it. */
export function errorOfOutcome(outcome: string, path: string): Error {
  if (outcome === 'no-space') return insufficientStorage(`Insufficient space in ${path}`)
  if (outcome === 'no-parent' || outcome === 'not-found')
    return notFound(`File with name /${path} could not be located`)
  if (outcome === 'is-folder') return conflict('PUT is not allowed on non-files.')
  return outcome === 'bad-name' ? invalidPath('Invalid target path') : forbidden('')
}
