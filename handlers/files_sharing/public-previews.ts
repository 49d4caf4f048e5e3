import { defineRoute, type RouteArguments } from '#app/index.ts'
import { json, openPageSession, type PageSession, page, previewAnswer } from '#handlers/core/api.ts'
import { toInt } from '#lib/php.ts'
import type { Answer } from '#line/call.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as shares from '#world/sharing/shares.ts'
import { visitors } from '#world/sharing/shares.ts'

const NO_SHARE = 'This share does not exist or is no longer available'

/** A picture of what a link gives, for whoever may look at its page. */
async function preview(
  args: RouteArguments,
  find: (share: shares.Share, pageSession: PageSession) => PreviewTarget,
): Promise<Answer> {
  const pageSession = await openPageSession(args, { anySite: true })
  const { world, params, call } = args
  const share = shares.findByToken(world, params.token!)
  if (!share || !visitors.mayLook(world, pageSession.session.id, share) || !visitors.leadsSomewhere(world, share))
    return page(404, 'Nextcloud', `<h2>Share not found</h2>\n<p>${NO_SHARE}</p>`, { headers: pageSession.setCookies })
  const { x, y, keepsShape, node } = find(share, pageSession)
  if (x === 0 || y === 0) return json(400, [], pageSession)
  const isReadable = (share.permissions & shares.PERMISSION.read) !== 0
  if (
    !isReadable ||
    (shares.attribute(share, 'permissions', 'download') === false && call.header('x-nc-preview') !== 'true')
  )
    return json(403, [], pageSession)
  if (!node || node.type === 'folder' || !hasPreview(node)) return json(404, [], pageSession)
  const context = { world, ifNoneMatch: call.header('if-none-match') }
  return previewAnswer(context, node, { x, y, keepsShape, caching: 'must-revalidate' })
}

interface PreviewTarget {
  readonly x: number
  readonly y: number
  readonly keepsShape: boolean
  readonly node: files.FileNode | undefined
}

const route = { app: 'files_sharing', methods: ['GET'], identify: true } as const

export const publicPreview = defineRoute({
  ...route,
  id: 'files_sharing-public-preview-get-preview',
  path: '/index.php/apps/files_sharing/publicpreview/{token}',
  summary: 'A small picture of a file that a link gives',
  handle: (args) =>
    preview(args, (share, { parameters: { x, y, a, file } }) => {
      const size = (value: unknown) => (value === undefined ? 32 : toInt(String(value)))
      const root = files.entryOf(args.world, share.owner, share.nodeId)
      const below = root && files.isFolder(root) ? files.normalize(`/${String(file ?? '')}`) : ''
      const entry = root && files.resolve(args.world, share.owner, `${root.path}${below}`)
      return { x: size(x), y: size(y), keepsShape: a !== undefined, node: entry?.node }
    }),
})

export const directPreview = defineRoute({
  ...route,
  id: 'files_sharing-public-preview-direct-link',
  path: '/index.php/s/{token}/preview',
  summary: 'A picture of the file that a link gives',
  handle: (args) =>
    preview(args, (share) => ({ x: 4096, y: 4096, keepsShape: true, node: shares.nodeOf(args.world, share) })),
})
