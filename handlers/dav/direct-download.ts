import { defineRoute, type RouteArguments } from '#app/index.ts'
import { allowedMethods } from '#dav/methods.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { guarded, serveDav } from '#dav/server.ts'
import { DAV_NAMESPACES, d, element } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import { forbidden, methodNotAllowed, notFound } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import * as directLinks from './state/direct-links.ts'
import { davOf, pathBelow, type ServerKind } from './webdav/server.ts'

const SCRIPT = '/remote.php/direct/'

/** A WebDAV server that holds one file for every link, and lets nothing be changed. */
const directServer: ServerKind = {
  features: '1, 3, extended-mkcol',
  reports: [],
  namespaces: DAV_NAMESPACES,
  extended: false,
  full: false,
  find(dav, path) {
    if (path === '') return linksFolder(dav)
    const entry = path.includes('/') ? undefined : directLinks.resolve(dav.world, path)
    if (!entry) throw notFound('')
    return linkedFile(dav, path, entry)
  },
}

const deny = (): never => {
  throw forbidden('')
}

function linksFolder(dav: DavContext): Resource {
  return {
    path: '',
    collection: true,
    property: (name) => (name === d('resourcetype') ? [element(d('collection'))] : undefined),
    members() {
      throw methodNotAllowed('Listing members of this collection is disabled', allowedMethods(dav, ''))
    },
    createFile: deny,
    createFolder: deny,
    remove: deny,
  }
}

function linkedFile({ world }: DavContext, path: string, { node }: files.Entry): Resource {
  const properties: Readonly<Record<string, string | number | readonly []>> = {
    [d('getlastmodified')]: httpDate(node.mtime),
    [d('getcontentlength')]: node.size,
    [d('resourcetype')]: [],
    [d('getetag')]: node.etag,
    [d('getcontenttype')]: node.mime,
  }
  return {
    path,
    collection: false,
    // Without quotes (Nextcloud 34.0.1, asked).
    etag: node.etag,
    lastModified: node.mtime,
    property: (name) => properties[name],
    download: () => ({
      content: files.contentOf(world, node),
      size: node.size,
      type: node.mime.startsWith('text/') ? `${node.mime};charset=UTF-8` : node.mime,
    }),
    put: deny,
    remove: deny,
    move: deny,
    copy: deny,
  }
}

const answer = (args: RouteArguments) =>
  guarded({ userId: '' }, () => serveDav(davOf(args, directServer, SCRIPT, ''), pathBelow(args)))

/** The file behind a direct link, for whoever knows the token. */
export const directDownload = defineRoute({
  id: 'dav-direct-download',
  app: 'dav',
  methods: ['*'],
  path: '/remote.php/direct/{path:.*}',
  identify: false,
  summary: 'Serve the file behind a direct link until the link ends',
  handle: answer,
})

export const directTop = defineRoute({
  id: 'dav-direct-top',
  app: 'dav',
  methods: ['*'],
  path: '/remote.php/direct',
  identify: false,
  summary: 'The folder of all direct links, which does not say what it holds',
  handle: answer,
})
