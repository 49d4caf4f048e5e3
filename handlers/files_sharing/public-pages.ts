import { defineRoute, type RouteArguments } from '#app/index.ts'
import { form, hasRequestToken, openPageSession, type PageSession, page, redirect } from '#handlers/core/api.ts'
import { escapeHtml } from '#lib/html.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { type Answer, jsonAnswer } from '#line/call.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as files from '#world/files/files.ts'
import * as config from '#world/settings/config.ts'
import * as downloadLimits from '#world/sharing/download-limits.ts'
import * as shares from '#world/sharing/shares.ts'
import { type Share, settings, visitors } from '#world/sharing/shares.ts'

const NO_SHARE = 'This share does not exist or is no longer available'

interface ShareVisit extends PageSession {
  readonly share: Share
}

/** A visitor of a link, or the page that says there is none. */
async function visitShare(args: RouteArguments): Promise<ShareVisit | Answer> {
  const { world, params } = args
  const pageSession = await openPageSession(args, { anySite: true })
  const isOn = settings.isApiEnabled(world) && config.getApp(world, 'core', 'shareapi_allow_links', 'yes') === 'yes'
  const share = isOn ? shares.findByToken(world, params.token!) : undefined
  return share ? { ...pageSession, share } : notFound(pageSession)
}

const isAnswer = (guest: ShareVisit | Answer): guest is Answer => 'status' in guest

const notFound = ({ setCookies }: PageSession): Answer =>
  page(404, 'Nextcloud', `<h2>Share not found</h2>\n<p>${NO_SHARE}</p>`, { headers: setCookies })

/** Where a password is asked for; the rest of the address says what was wanted. */
const redirectToPassword = ({ share, setCookies }: ShareVisit, wanted: string): Answer =>
  redirect(`/index.php/s/${share.token}/authenticate/${wanted}`, setCookies)

export const showShare = defineRoute({
  id: 'files_sharing-share-show-share',
  products: PRODUCTS,
  app: 'files_sharing',
  methods: ['GET'],
  path: '/index.php/s/{token}',
  identify: true,
  summary: 'The page of a link',
  handle: async (args) => {
    const guest = await visitShare(args)
    if (isAnswer(guest)) return guest
    const { share, session, setCookies } = guest
    const { world } = args
    if (!visitors.mayLook(world, session.id, share)) return redirectToPassword(guest, 'showshare')
    const node = shares.nodeOf(world, share)
    if (!node || !visitors.leadsSomewhere(world, share)) return notFound(guest)
    world.emit({ type: 'share.visited', share })
    const requestToken = sessions.maskedRequestToken(world, session)
    const link = `<a href="/index.php/s/${share.token}/download">${escapeHtml(node.name)}</a>`
    const note = share.note === '' ? '' : `\n<p>${escapeHtml(share.note)}</p>`
    const body = `<h2>${share.hideDownload ? escapeHtml(node.name) : link}</h2>${note}`
    const initialState = stateOf(share, node.name)
    return page(200, `${node.name} - ${args.profile.productName}`, body, {
      requestToken,
      initialState,
      headers: setCookies,
    })
  },
})

/** What the scripts of the page, `@nextcloud/sharing/public` among them, find out about the link. */
const stateOf = (share: Share, filename: string) => ({
  'files_sharing-isPublic': true,
  'files_sharing-sharingToken': share.token,
  'files_sharing-sharePermissions': share.permissions,
  'files_sharing-filename': filename,
})

export const showAuthenticate = defineRoute({
  id: 'files_sharing-share-show-authenticate',
  products: PRODUCTS,
  app: 'files_sharing',
  methods: ['GET'],
  path: '/index.php/s/{token}/authenticate/{redirect}',
  identify: true,
  summary: 'The page that asks for the password of a link',
  handle: async (args) => {
    const guest = await visitShare(args)
    return isAnswer(guest) ? guest : passwordPage(args, guest)
  },
})

function passwordPage(
  { world, call, profile }: RouteArguments,
  { session, setCookies }: ShareVisit,
  wrong = false,
): Answer {
  const requestToken = sessions.maskedRequestToken(world, session)
  const fields = form(call.path, { requesttoken: requestToken }, { password: 'password' }, 'Submit')
  const body = wrong
    ? `<p>The password is wrong or expired. Please try again or request a new one.</p>\n${fields}`
    : fields
  return page(200, profile.productName, body, { requestToken, headers: setCookies })
}

export const authenticate = defineRoute({
  id: 'files_sharing-share-authenticate',
  products: PRODUCTS,
  app: 'files_sharing',
  methods: ['POST'],
  path: '/index.php/s/{token}/authenticate/{redirect}',
  identify: true,
  summary: 'Give the password of a link',
  handle: async (args) => {
    const guest = await visitShare(args)
    if (isAnswer(guest)) return guest
    const { world, params } = args
    const { share, session, parameters, setCookies } = guest
    if (!hasRequestToken(args, parameters)) return jsonAnswer(412, { message: 'CSRF check failed' })
    if (!visitors.mayLook(world, session.id, share)) {
      if (!visitors.opens(world, share, String(parameters.password ?? ''))) return passwordPage(args, guest, true)
      visitors.remember(world, session.id, share)
    }
    const download = params.redirect!.toLowerCase() === 'downloadshare' ? '/download' : ''
    return redirect(`/index.php/s/${share.token}${download}`, setCookies)
  },
})

/** A download goes on to the public WebDAV server. */
async function download(args: RouteArguments): Promise<Answer> {
  const guest = await visitShare(args)
  if (isAnswer(guest)) return guest
  const { world, request } = args
  const { share, session, parameters, setCookies } = guest
  if (!visitors.mayLook(world, session.id, share)) return redirectToPassword(guest, 'downloadshare')
  const refusal = refuse(share)
  if (refusal) return { ...refusal, headers: [...refusal.headers, ...setCookies] }
  const root = shares.nodeOf(world, share)
  if (!root || !visitors.leadsSomewhere(world, share) || share.hideDownload) return notFound(guest)
  const target = findDownload(args, share, parameters)
  if (!target) return notFound(guest)
  const zip = files.isFolder(target.entry) ? [...target.query, 'accept=zip'] : target.query
  const query = zip.length === 0 ? '' : `?${zip.join('&')}`
  world.emit({ type: 'share.downloaded', share })
  downloadLimits.count(world, share)
  return redirect(`${request.baseUrl}/public.php/dav/files/${share.token}${target.below}${query}`, setCookies)
}

function refuse(share: Share): Answer | null {
  if ((share.permissions & shares.PERMISSION.read) === 0) return jsonAnswer(403, 'Share has no read permission')
  const forbidden = shares.attribute(share, 'permissions', 'download') === false
  return forbidden ? jsonAnswer(403, 'Share has no download permission') : null
}

interface DownloadTarget {
  readonly entry: files.Entry
  /** Its path below the share. */
  readonly below: string
  readonly query: readonly string[]
}

/** What of a shared folder is wanted: a path in it, one file there, or a list of files for an archive. */
function findDownload(
  { world }: RouteArguments,
  share: Share,
  parameters: Readonly<Record<string, unknown>>,
): DownloadTarget | null {
  const root = files.entryOf(world, share.owner, share.nodeId)
  const path = typeof parameters.path === 'string' ? parameters.path : ''
  const list = typeof parameters.files === 'string' ? parameters.files : null
  if (!root || ((path !== '' || list !== null) && !files.isFolder(root))) return null
  const named = list === null || isList(list) ? '' : list
  const below = files.normalize(`${path}/${named}`)
  const entry = below === '/' ? root : files.resolve(world, share.owner, `${root.path}/${below}`)
  if (!entry) return null
  const query = list !== null && isList(list) ? [`files=${encodeURIComponent(list)}`] : []
  return { entry, below: below === '/' ? '' : below, query }
}

function isList(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

const downloads = {
  app: 'files_sharing',
  methods: ['GET'],
  identify: true,
  handle: download,
} as const

export const downloadShare = defineRoute({
  ...downloads,
  id: 'files_sharing-share-download-share',
  products: PRODUCTS,
  path: '/index.php/s/{token}/download',
  summary: 'Download what a link gives',
})

export const downloadNamedShare = defineRoute({
  ...downloads,
  id: 'files_sharing-share-download-named-share',
  products: PRODUCTS,
  path: '/index.php/s/{token}/download/{filename}',
  summary: 'Download what a link gives, with any name at the end of the address',
})
