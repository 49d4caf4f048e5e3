import { defineEndpoint, p, s } from '#app/index.ts'
import * as shares from '#world/sharing/shares.ts'
import { rights, type Share, TYPE } from '#world/sharing/shares.ts'
import { API_OFF, WRONG_ID } from './share-schema.ts'
import { requireApi, requireShare } from './shares.ts'

/** Kinds whose recipients can be told by mail. */
const MAILED: ReadonlySet<number> = new Set([TYPE.user, TYPE.group, TYPE.link, TYPE.email])

export const sendShareEmail = defineEndpoint({
  id: 'files_sharing-shareapi-send-share-email',
  app: 'files_sharing',
  method: 'POST',
  path: '/apps/files_sharing/api/v1/shares/{id}/send-email',
  since: 32,
  access: 'user',
  summary: 'Tell the recipient of a share by mail once more',
  input: { id: p.string(), password: p.mixed().default('').describe('Of the share, where it has one') },
  output: s.empty(),
  failures: {
    403: 'You are not allowed to send mail notifications',
    404: [WRONG_ID, API_OFF],
    999: 'Error while sending mail notification',
  },
  probe: { id: '999999' },
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    requireApi(args)
    const share = requireShare(args, input.id, false)
    if (!rights.canEdit(share, me)) fail(403)
    if (shares.isLinkLike(share) && share.sharedBy !== me) fail(403)
    if (!MAILED.has(share.type) || !opens(share, input.password)) fail(999)
    world.emit({ type: 'share.mailed', share })
    return ok()
  },
})

const opens = (share: Share, password: unknown) => share.password === null || share.password === password
