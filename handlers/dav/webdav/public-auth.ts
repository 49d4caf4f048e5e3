import { type DavError, notAuthenticated, notFound, preconditionFailed, serviceUnavailable } from '#line/dav-exit.ts'
import type { RouteArguments } from '#line/endpoint.ts'
import { readBasicHeader, useSession } from '#line/identify.ts'
import { passesStrictCheck } from '#line/same-site.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { visitors } from '#world/sharing/shares.ts'

const WRONG = 'Username or password was incorrect'
const NO_BASIC =
  "No 'Authorization: Basic' header found. Either the client didn't send one, or the server is misconfigured"
const CHALLENGE = [['WWW-Authenticate', 'Basic realm="Nextcloud", charset="UTF-8"']] as const

const isAjax = ({ call }: RouteArguments): boolean =>
  call.header('x-requested-with').split(',').includes('XMLHttpRequest')

const wrongPassword = (args: RouteArguments): DavError =>
  isAjax(args)
    ? notAuthenticated('Cannot authenticate over ajax calls', [['WWW-Authenticate', 'DummyBasic realm="Nextcloud"']])
    : notAuthenticated(WRONG, CHALLENGE)

/**
 * The share that an address names, for whoever may look: the password comes as that of any name, or was given
 * in the browser's session.
 * @throws DavError 401, 412 for pages from elsewhere; 503 where there is no such share
 */
export function shareOfAddress(args: RouteArguments, token: string): shares.Share {
  const { call, world } = args
  const share = shares.findByToken(world, token)
  if (call.header('cookie') !== '' && !passesStrictCheck(call, world)) {
    if (!share) throw missing('OCP\\Share\\Exceptions\\ShareNotFound: The requested share does not exist anymore')
    if (share.password !== null)
      throw preconditionFailed('Strict cookie check failed', undefined, [
        ['Location', `${args.request.baseUrl}/index.php/s/${token}`],
      ])
  }
  const credentials = readBasicHeader(call.header('authorization'))
  if (!share)
    throw credentials && token !== ''
      ? notAuthenticated(WRONG, CHALLENGE)
      : missing('Sabre\\DAV\\Exception\\NotFound: ')
  if (share.password === null) return share
  const session = useSession(call, world)
  const opened = session !== undefined && visitors.wasOpened(world, session.id, share)
  if (credentials && !shares.isRemote(share) && !visitors.opens(world, share, credentials.password) && !opened)
    throw wrongPassword(args)
  if (!credentials && !opened) throw notAuthenticated('')
  return share
}

const missing = (what: string): DavError => serviceUnavailable(what)

/**
 * The share that a login names, at the older address: the token is the user, the share's password the password.
 * @throws DavError 401
 */
export function shareOfLogin(args: RouteArguments): shares.Share {
  const credentials = readBasicHeader(args.call.header('authorization'))
  if (!credentials) throw notAuthenticated(NO_BASIC, CHALLENGE)
  const share = shares.findByToken(args.world, credentials.login)
  if (!share) throw notAuthenticated(WRONG, CHALLENGE)
  if (share.password !== null && !shares.isRemote(share) && !visitors.opens(args.world, share, credentials.password))
    throw wrongPassword(args)
  return share
}

/**
 * What of its maker's files a share shows, where that may be shown.
 * @param reading a GET needs no federation
 * @throws DavError 401 where the administrator forbids other servers, 404 where nothing is left
 */
export function contentOf(args: RouteArguments, share: shares.Share, reading: boolean): files.Entry {
  const { world } = args
  if (!reading && !shares.settings.allowsOutgoingRemote(world) && !isAjax(args)) throw notAuthenticated('')
  const entry = files.entryOf(world, share.sharedBy, share.nodeId)
  if (!entry || !files.may(entry, 'share')) throw notFound('')
  return entry
}
