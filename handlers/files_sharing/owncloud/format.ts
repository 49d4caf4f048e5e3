import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { formatWallTime } from '#lib/time-zone.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { type Share, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { formatNode } from '../format.ts'

/** Who is told about shares, and where links lead. */
export interface Viewer {
  readonly world: World
  readonly me: string
  readonly baseUrl: string
}

/** A share as ownCloud tells its parties about it. */
export const shareSchema = s.object({
  id: s.string(),
  share_type: s.int(),
  uid_owner: s.string(),
  displayname_owner: s.string(),
  permissions: s.int(),
  stime: s.int(),
  parent: s.null(),
  expiration: s.nullable(s.string()),
  token: s.nullable(s.secret()),
  uid_file_owner: s.string(),
  displayname_file_owner: s.string(),
  state: s.optional(s.int()),
  path: s.string(),
  item_type: s.literal('file', 'folder'),
  mimetype: s.string(),
  storage_id: s.string(),
  storage: s.int(),
  item_source: s.int(),
  file_source: s.int(),
  file_parent: s.int(),
  file_target: s.nullable(s.string()),
  share_with: s.optional(s.nullable(s.string())),
  share_with_displayname: s.optional(s.nullable(s.string())),
  share_with_additional_info: s.optional(s.nullable(s.string())),
  name: s.optional(s.nullable(s.string())),
  url: s.optional(s.string()),
  mail_send: s.literal(0, 1),
  attributes: s.nullable(s.string()),
})

export const WRONG_ID = `Wrong share ID, share doesn't exist`
export const WRONG_PATH = `Wrong path, file/folder doesn't exist`
export const API_OFF = 'Share API is disabled'

/** What the owner is shown of a link's password. */
const REDACTED = '***redacted***'

/** Whether somebody accepted a share: states as ownCloud numbers them. */
const ACCEPTED = 0
const PENDING = 1

interface Telling {
  /** Whether it is one of those that one received, which have a state. */
  readonly received?: boolean
  /** What stands for no attributes: they are a list from the moment on that somebody changes the share. */
  readonly noAttributes?: string | null
}

/** A share as its viewer is told about it; `undefined` where they cannot reach its node. */
export function formatShare(viewer: Viewer, share: Share, telling: Telling = {}): PhpArray | undefined {
  const { world, me } = viewer
  const entry = files.entryOf(world, me, share.nodeId)
  if (!entry) return undefined
  const { received = false, noAttributes = null } = telling
  const node = formatNode(world, entry, share.target)
  return {
    id: String(share.id),
    share_type: share.type,
    uid_owner: share.sharedBy,
    displayname_owner: nameOf(world, share.sharedBy),
    permissions: share.permissions,
    stime: share.createdAt,
    parent: null,
    expiration: endOf(world, share, me),
    token: share.type === TYPE.link ? share.token : null,
    uid_file_owner: share.owner,
    displayname_file_owner: nameOf(world, share.owner),
    ...(received ? { state: shares.rights.canAccess(world, share, me) ? ACCEPTED : PENDING } : {}),
    path: entry.path,
    item_type: entry.node.type,
    mimetype: node.mimetype,
    storage_id: node.storage_id,
    storage: node.storage,
    item_source: node.item_source,
    file_source: node.file_source,
    file_parent: node.file_parent,
    file_target: node.file_target,
    ...recipientOf(viewer, share),
    mail_send: share.mailSend ? 1 : 0,
    attributes: share.attributes === null ? noAttributes : JSON.stringify(share.attributes),
  }
}

const nameOf = (world: World, userId: string) => users.find(world, userId)?.displayName ?? userId

/** The last day, whatever time it ends at. */
function endOf(world: World, { expiresAt }: Share, me: string): string | null {
  if (expiresAt === null) return null
  return `${formatWallTime(expiresAt, shares.zoneOf(world, me)).slice(0, 10)} 00:00:00`
}

function recipientOf({ world, baseUrl }: Viewer, share: Share): PhpArray {
  const { type, sharedWith, password, token, label } = share
  switch (type) {
    case TYPE.user:
      return {
        share_with: sharedWith,
        share_with_displayname: nameOf(world, sharedWith ?? ''),
        share_with_additional_info: null,
      }
    case TYPE.group:
      return {
        share_with: sharedWith,
        share_with_displayname: groups.find(world, sharedWith ?? '')?.displayName ?? sharedWith,
      }
    case TYPE.link:
      return {
        ...(password === null ? {} : { share_with: REDACTED, share_with_displayname: REDACTED }),
        name: label === '' ? null : label,
        url: `${baseUrl}/index.php/s/${token}`,
      }
    default:
      return { share_with: sharedWith, share_with_displayname: sharedWith }
  }
}
