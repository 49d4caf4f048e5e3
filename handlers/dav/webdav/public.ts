import { defineRoute, type RouteArguments } from '#app/index.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { guarded, serveDav } from '#dav/server.ts'
import { FILES_NAMESPACES, nc, oc } from '#dav/xml.ts'
import { PRODUCTS } from '#lib/releases.ts'
import type { Answer } from '#line/call.ts'
import { notFound, serviceUnavailable } from '#line/dav-exit.ts'
import { useSession } from '#line/identify.ts'
import * as files from '#world/files/files.ts'
import * as downloadLimits from '#world/sharing/download-limits.ts'
import * as shares from '#world/sharing/shares.ts'
import { folder } from './collections.ts'
import { dropInto } from './file-drop.ts'
import { findFile } from './files.ts'
import type { FilesView } from './files-view.ts'
import { locking } from './locks.ts'
import { contentOf, shareOfAddress, shareOfLogin } from './public-auth.ts'
import { davOf, pathBelow, type ServerKind } from './server.ts'
import { attributesText } from './share-properties.ts'
import { openUploadBelow } from './uploads.ts'

/** What the two servers of public shares have in common. */
const PUBLIC: Omit<ServerKind, 'find'> = {
  features: '1, 3, extended-mkcol, nextcloud-checksum-update, 2',
  reports: [],
  namespaces: FILES_NAMESPACES,
  extended: true,
  full: false,
  public: true,
  ...locking,
}

interface PublicShare {
  readonly share: shares.Share
  readonly top: files.Entry
}

/** A share that everybody who knows its address sees. `isOlder`: at the address that has no token in it. */
function viewOf(dav: DavContext, { share, top }: PublicShare, prefix: string, isOlder: boolean, more = 0): FilesView {
  const mask = share.permissions | files.PERMISSION.share | more
  const property = (name: string) => publicProperty(share, isOlder, name)
  // The older address does not know through which share it shows what it shows.
  const attributes = isOlder ? [] : (share.attributes ?? [])
  const view = { userId: top.userId, prefix, top: top.path, mask, attributes, property }
  return isOlder ? view : { ...view, onRead: () => countRead(dav, share) }
}

function countRead({ world, call }: DavContext, share: shares.Share): void {
  downloadLimits.countRead(world, share, useSession(call, world)?.id, call.header('range') !== '')
}

/** What a share says of itself to those who are not logged in; of accounts it says less than those are told. */
function publicProperty(share: shares.Share, isOlder: boolean, name: string): PropertyValue | null | undefined {
  if (HIDDEN.has(name)) return null
  switch (name) {
    case nc('note'):
      return isOlder ? null : share.note
    case nc('hide-download'):
      return isOlder ? null : String(share.hideDownload)
    case nc('share-attributes'):
      return isOlder ? '[]' : attributesText(share.attributes ?? [])
    case nc('system-tags'):
      return []
    default:
      return undefined
  }
}

/** What needs somebody who is logged in. */
const HIDDEN: ReadonlySet<string> = new Set([
  '{http://open-collaboration-services.org/ns}share-permissions',
  '{http://open-cloud-mesh.org/ns}share-permissions',
  ...['owner-display-name', 'favorite', 'tags', 'comments-count', 'comments-unread', 'comments-href'].map(oc),
  nc('reminder-due-date'),
])

/** The share at `files/{token}`, and uploads in parts at `uploads/{token}`. Any token there means the one of the request. */
function davKind(shown: PublicShare): ServerKind {
  const { share, top } = shown
  return {
    ...PUBLIC,
    find(dav, path) {
      const [kind, token, ...rest] = path.split('/')
      if (path === '') return folder('')
      if (token === undefined && (kind === 'files' || kind === 'uploads')) return folder(kind)
      if (kind === 'uploads')
        return openUploadBelow({ ...dav, userId: share.owner }, `uploads/${token}`, rest[0], rest[1], rest.slice(2))
      if (kind !== 'files') throw notFound(`File not found: ${kind} in 'root'`)
      // Chunks of an upload are put together where nothing could be read.
      const more = dav.call.path.includes('/dav/uploads/') ? files.PERMISSION.read | files.PERMISSION.delete : 0
      return findIn(dav, viewOf(dav, shown, `files/${token}`, false, more), top, rest.join('/'), undefined, path)
    },
  }
}

/** The share at the top, at the address that old clients know. */
function webdavKind(shown: PublicShare): ServerKind {
  const nameMissing = (missing: string) => missing.slice(1)
  return { ...PUBLIC, find: (dav, path) => findIn(dav, viewOf(dav, shown, '', true), shown.top, path, nameMissing) }
}

function findIn(
  dav: DavContext,
  view: FilesView,
  top: files.Entry,
  path: string,
  nameMissing: (missing: string) => string = (missing) => missing,
  whole = path,
): Resource {
  if (path !== '' && !files.isFolder(top)) throw notFound(`Could not find node at path: ${whole}`)
  return findFile(dav, view, path, nameMissing)
}

async function answer(
  args: RouteArguments,
  script: string,
  shareOf: () => shares.Share,
  kindOf: (shown: PublicShare) => ServerKind,
): Promise<Answer> {
  return guarded({ userId: '' }, async () => {
    const share = shareOf()
    const isOlder = script.endsWith('webdav/')
    const top = contentOf(args, share, !isOlder && args.call.method === 'GET')
    const dav = davOf(args, kindOf({ share, top }), script, '')
    const path = pathBelow(args)
    const reads = (share.permissions & shares.PERMISSION.read) !== 0
    if (reads || !files.isFolder(top)) return serveDav(dav, path)
    const dropped = dropInto(dav, share, top, path)
    return 'status' in dropped ? dropped : serveDav({ ...dav, call: dropped.call }, dropped.path)
  })
}

/** The token in `files/{token}/…`. */
function tokenOf(args: RouteArguments): string {
  const token = pathBelow(args).split('/')[1]
  if (token === undefined) throw serviceUnavailable('Sabre\\DAV\\Exception\\NotFound: ')
  return token
}

const answerDav = (args: RouteArguments) =>
  answer(args, '/public.php/dav/', () => shareOfAddress(args, tokenOf(args)), davKind)
const answerWebdav = (args: RouteArguments) => answer(args, '/public.php/webdav/', () => shareOfLogin(args), webdavKind)

const routes = { app: 'dav', methods: ['*'], identify: false } as const

/** What a link gives, for everybody who knows it. */
export const publicDav = defineRoute({
  ...routes,
  id: 'dav-public',
  products: PRODUCTS,
  path: '/public.php/dav/{path:.*}',
  summary: 'WebDAV of a link: `files/{token}`, with the password of the link, if it has one',
  handle: answerDav,
})

export const publicDavTop = defineRoute({
  ...routes,
  id: 'dav-public-top',
  products: PRODUCTS,
  path: '/public.php/dav',
  summary: 'WebDAV of links without any link',
  handle: answerDav,
})

/** The older server: the token is the name of who logs in. */
export const publicWebdav = defineRoute({
  ...routes,
  id: 'webdav-public',
  products: PRODUCTS,
  path: '/public.php/webdav/{path:.*}',
  summary: 'WebDAV of a link at the address that old clients know, with the token as login name',
  handle: answerWebdav,
})

export const publicWebdavTop = defineRoute({
  ...routes,
  id: 'webdav-public-top',
  products: PRODUCTS,
  path: '/public.php/webdav',
  summary: 'WebDAV of the top of a link at the address that old clients know',
  handle: answerWebdav,
})
