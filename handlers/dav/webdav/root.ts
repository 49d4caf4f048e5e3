import { forbidden, methodNotAllowed, notFound } from '../../../src/dav/errors.ts'
import { allowedMethods } from '../../../src/dav/methods.ts'
import type { Dav, Resource } from '../../../src/dav/resource.ts'
import { d, element, FILES_NAMESPACES, oc } from '../../../src/dav/xml.ts'
import * as users from '../../../src/world/users.ts'
import { uploadMany } from './bulk.ts'
import { findFile } from './files.ts'
import type { ServerKind } from './server.ts'
import { findUpload } from './uploads.ts'

/** What the newer server has at its top, in the order in which it lists it. */
const TOP = [
  'principals',
  'files',
  'calendars',
  'remote-calendars',
  'system-calendars',
  'public-calendars',
  'addressbooks',
  'systemtags',
  'systemtags-relations',
  'systemtags-assigned',
  'comments',
  'uploads',
  'avatars',
  'provisioning',
  'trashbin',
  'versions',
  'photos',
  'photospublic',
] as const

/** The newer server: a folder for everything that accounts have. */
export const davServer: ServerKind = {
  features:
    '1, 3, extended-mkcol, access-control, calendarserver-principal-property-search, nc-paginate, nextcloud-checksum-update, nc-calendar-search, nc-enable-birthday-calendar, 2',
  reports: [
    d('expand-property'),
    d('principal-match'),
    d('principal-property-search'),
    d('principal-search-property-set'),
    oc('filter-comments'),
    oc('filter-files'),
  ],
  namespaces: FILES_NAMESPACES,
  extended: true,
  full: true,
  find: findInRoot,
  post: (dav, path, body) => (path === 'bulk' ? uploadMany(dav, body) : undefined),
}

function findInRoot(dav: Dav, path: string): Resource {
  if (path === '') return root(dav)
  const [top, ...rest] = path.split('/')
  const name = TOP.find((one) => one === top)
  if (!name) throw notFound(`File not found: ${top} in 'root'`)
  if (rest.length === 0) return unlisted(dav, name)
  const find = FINDERS[name]
  return find ? find(dav, rest) : unknown(rest[0]!, name)
}

/** What finds things below a folder at the top. */
const FINDERS: Readonly<Partial<Record<(typeof TOP)[number], (dav: Dav, rest: string[]) => Resource>>> = {
  files: findInFiles,
  uploads: findUpload,
}

const unknown = (name: string, folder: string): never => {
  throw notFound(`File not found: ${name} in '${folder}'`)
}

function root(dav: Dav): Resource {
  return { ...folder(''), members: () => TOP.map((name) => unlisted(dav, name)) }
}

/** A folder that holds something for every account, and does not say for which. */
function unlisted(dav: Dav, path: string): Resource {
  return {
    ...folder(path),
    members() {
      throw methodNotAllowed('Listing members of this collection is disabled', allowedMethods(dav, path))
    },
  }
}

/** A folder that is nothing but one. */
export function folder(path: string): Resource {
  return {
    path,
    collection: true,
    property: (name) => (name === d('resourcetype') ? [element(d('collection'))] : undefined),
  }
}

/** Somebody else's files look empty, and nothing can be made there. */
function findInFiles(dav: Dav, [owner, ...rest]: string[]): Resource {
  const user = users.find(dav.world, owner!)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  if (user.id === dav.userId) return findFile(dav, user.id, `/${rest.join('/')}`, `files/${user.id}`)
  if (rest.length > 0) throw notFound(`File not found: ${rest[0]} in '${owner}'`)
  return { ...folder(`files/${user.id}`), members: () => [], createFile: denyFile }
}

function denyFile(name: string): never {
  throw forbidden(`Permission denied to create file (filename ${name})`)
}
