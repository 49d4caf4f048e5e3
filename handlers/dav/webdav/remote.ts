import { defineRoute, type RouteArguments } from '#app/index.ts'
import { guarded, serveDav } from '#dav/server.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { davAttempts, requireLogin, webdavAttempts } from './auth.ts'
import { webdavServer } from './legacy-endpoint.ts'
import { checkHiddenName } from './outcome-errors.ts'
import { davServerFor } from './root.ts'
import { davOf, pathBelow, type ServerKind } from './server.ts'

/** One of the servers of accounts: who may ask comes before what. */
export function answerAt(
  args: RouteArguments,
  script: string,
  serverFor: (path: string) => MaybePromise<ServerKind>,
  attempts: (basic: string, bearer: string) => string,
  isPublic = false,
) {
  const path = pathBelow(args)
  return guarded({ userId: isPublic ? '' : (args.actor.userId ?? '') }, async () => {
    const userId = isPublic ? '' : requireLogin(args, attempts)
    const kind = await serverFor(path)
    checkHiddenName(kind, args.call.method, path)
    return serveDav(davOf(args, kind, script, userId), kind.places?.inside(path) ?? path)
  })
}

/** Here, nobody is asked who they are (Nextcloud 34.0.1, asked). */
const PUBLIC = /^(?:public-calendars|principals\/system\/public)(?:\/|$)/

const answerDav = (args: RouteArguments) =>
  answerAt(
    args,
    '/remote.php/dav/',
    (path) => davServerFor(path, args.call.header('destination'), args.call.method),
    davAttempts(args.world),
    PUBLIC.test(pathBelow(args)),
  )
const answerWebdav = (args: RouteArguments) => answerAt(args, '/remote.php/webdav/', () => webdavServer, webdavAttempts)
const answerFiles = (args: RouteArguments) => answerAt(args, '/remote.php/files/', () => webdavServer, webdavAttempts)

/** The WebDAV server that clients use: files, uploads, versions, trash, tags and comments. */
export const dav = defineRoute({
  id: 'dav',
  products: PRODUCTS,
  app: 'dav',
  methods: ['*'],
  path: '/remote.php/dav/{path:.*}',
  identify: true,
  summary: 'WebDAV: files, uploads, trash, versions, tags and comments of accounts',
  handle: answerDav,
})

export const davTop = defineRoute({
  id: 'dav-top',
  products: PRODUCTS,
  app: 'dav',
  methods: ['*'],
  path: '/remote.php/dav',
  identify: true,
  summary: 'WebDAV: the top of everything that accounts have',
  handle: answerDav,
})

/** The older server, which shows the caller's files and nothing else. */
export const webdav = defineRoute({
  id: 'webdav',
  products: PRODUCTS,
  app: 'dav',
  methods: ['*'],
  path: '/remote.php/webdav/{path:.*}',
  identify: true,
  summary: "WebDAV: the caller's files, at the address that old clients know",
  handle: answerWebdav,
})

export const webdavTop = defineRoute({
  id: 'webdav-top',
  products: PRODUCTS,
  app: 'dav',
  methods: ['*'],
  path: '/remote.php/webdav',
  identify: true,
  summary: "WebDAV: the top of the caller's files, at the address that old clients know",
  handle: answerWebdav,
})

/** The same server at another address. */
export const filesService = defineRoute({
  id: 'webdav-files',
  products: PRODUCTS,
  app: 'dav',
  methods: ['*'],
  path: '/remote.php/files/{path:.*}',
  identify: true,
  summary: "WebDAV: the caller's files, at the address of the service that clients ask for by its name",
  handle: answerFiles,
})

export const filesServiceTop = defineRoute({
  id: 'webdav-files-top',
  products: PRODUCTS,
  app: 'dav',
  methods: ['*'],
  path: '/remote.php/files',
  identify: true,
  summary: "WebDAV: the top of the caller's files, at the address of the service",
  handle: answerFiles,
})
