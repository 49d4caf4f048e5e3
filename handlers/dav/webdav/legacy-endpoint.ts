import { FILES_NAMESPACES, oc } from '#dav/xml.ts'
import { findFile } from './files.ts'
import { locking } from './locks.ts'
import type { ServerKind } from './server.ts'

/** The older server: the caller's files at its top. */
export const webdavServer: ServerKind = {
  ...locking,
  features: '1, 3, extended-mkcol, nextcloud-checksum-update, 2',
  reports: [oc('filter-files')],
  namespaces: FILES_NAMESPACES,
  extended: true,
  full: false,
  find: (dav, path) => findFile(dav, { userId: dav.userId, prefix: '' }, path, (missing) => missing.slice(1)),
}
