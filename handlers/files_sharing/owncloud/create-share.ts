import { defineEndpoint, p } from '#app/index.ts'
import { isPhpArray } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { type Attribute, PERMISSION, permissions, type ShareType, settings, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { API_OFF, formatShare, shareSchema, WRONG_PATH } from './format.ts'
import { createFailure } from './refusals.ts'
import { viewerOf } from './shares.ts'

const path = '/apps/files_sharing/api/v1/shares'

const NO_PATH = 'Please specify a file or folder path'
const BAD_DATE = 'Invalid date, date format must be YYYY-MM-DD'
const NO_USER = 'Please specify a valid user'
const NO_GROUP = 'Please specify a valid group'
const GROUPS_OFF = 'Group sharing is disabled by the administrator'
const LINKS_OFF = 'Public link sharing is disabled by the administrator'
const UPLOAD_OFF = 'Public upload disabled by the administrator'
export const NO_FOLDER = 'Public upload is only possible for publicly shared folders'
const NO_TYPE = 'Unknown share type'
const NOTHING_LEFT = 'Cannot remove all permissions'

/** All that strangers may do with a folder behind a link. */
export const EDIT = PERMISSION.read | PERMISSION.create | PERMISSION.update | PERMISSION.delete
/** What a link can give besides reading. */
const OF_LINKS: readonly number[] = [PERMISSION.create, PERMISSION.read | PERMISSION.create, EDIT]

interface CreateShareInput {
  readonly permissions: number | null
  readonly shareType: number
  readonly shareWith: string | null
  readonly publicUpload: string | null
}

type Failure = readonly [code: 400 | 403 | 404, message: string]

export const createShare = defineEndpoint({
  id: `files_sharing-owncloud:POST ${path}`,
  products: ['owncloud'],
  app: 'files_sharing',
  exit: 'result',
  method: 'POST',
  path,
  access: 'user',
  summary: 'Share a file or folder with an account or a group, by link, or with another server',
  input: {
    path: p.string().orNull().describe('The file or folder'),
    shareType: p.int().default(-1).describe('0 account, 1 group, 3 link, 6 other server'),
    shareWith: p.string().orNull().describe('Account, group or federated id'),
    permissions: p.int().orNull().describe('Sum of 1 read, 2 update, 4 create, 8 delete, 16 share'),
    publicUpload: p.string().orNull().describe('`true`: the old way to say that strangers may write'),
    password: p.string().secret().default('').describe('Of a link'),
    expireDate: p.string().default('').describe('The last day'),
    name: p.string().default('').describe('Of a link'),
    attributes: p.mixed().describe('A list of scope, key and value'),
  },
  output: shareSchema,
  failures: {
    400: [NO_TYPE, NOTHING_LEFT],
    403: [UPLOAD_OFF, 'Path already shared with this user', 'Path already shared with this group'],
    404: [WRONG_PATH, NO_PATH, BAD_DATE, NO_USER, NO_GROUP, GROUPS_OFF, LINKS_OFF, NO_FOLDER, API_OFF],
  },
  probe: { path: '/welcome.txt', shareType: '3' },
  notImplemented: ['Shares with other servers fail, as on a server that reaches none'],
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    if (!settings.isApiEnabled(world)) return fail(404, API_OFF)
    if (input.path === null) return fail(404, NO_PATH)
    const entry = files.resolve(world, me, input.path) ?? fail(404)
    if (input.permissions === 0) return fail(400, NOTHING_LEFT)
    const at = input.expireDate === '' ? null : shares.parseDay(world, me, input.expireDate)
    if (input.expireDate !== '' && at === null) return fail(404, BAD_DATE)
    const kind = kindOf(input)
    if (kind === null) return fail(400, NO_TYPE)
    const wrong = checkRecipient(world, me, kind, entry, input)
    if (wrong) return fail(...wrong)
    const isLink = kind === TYPE.link
    const made = shares.create(world, {
      by: me,
      entry,
      type: kind,
      sharedWith: isLink ? null : input.shareWith,
      permissions: isLink ? ofLink(input) : ofRecipient(world, entry, input),
      expiry: { at, explicitlyNone: false },
      password: { password: isLink && input.password !== '' ? input.password : null, weakness: null },
      note: '',
      label: isLink ? input.name : '',
      attributes: attributesIn(input.attributes),
      mailSend: false,
    })
    if (!('reason' in made)) return ok(formatShare(viewerOf(args), made.share) ?? fail(404))
    const [code, message] = createFailure(made, entry, input.shareWith)
    return fail(code as 403, message)
  },
})

const KINDS: readonly ShareType[] = [TYPE.user, TYPE.group, TYPE.link, TYPE.remote]

const kindOf = ({ shareType }: CreateShareInput): ShareType | null => KINDS.find((kind) => kind === shareType) ?? null

/** Nothing is made or deleted in a file. */
function ofRecipient(world: World, entry: files.Entry, { permissions: asked }: CreateShareInput): number {
  const wanted = asked ?? settings.defaultPermissions(world)
  return files.isFolder(entry) ? wanted : permissions.forFile(wanted)
}

function ofLink({ permissions: asked, publicUpload }: CreateShareInput): number {
  if (publicUpload === 'true') return EDIT
  return asked !== null && OF_LINKS.includes(asked) ? asked : PERMISSION.read
}

/** The first thing that is wrong with a recipient or a link, in the real server's order; `null`: nothing. */
function checkRecipient(
  world: World,
  me: string,
  kind: ShareType,
  entry: files.Entry,
  { shareWith, publicUpload, permissions: asked }: CreateShareInput,
): Failure | null {
  const isShared = shares
    .ofNode(world, entry.node.id)
    .some((share) => share.type === kind && share.sharedWith === shareWith)
  if (kind === TYPE.user) {
    if (shareWith === null || !users.find(world, shareWith)) return [404, NO_USER]
    return isShared ? [403, 'Path already shared with this user'] : null
  }
  if (kind === TYPE.group) {
    if (!settings.allowsGroups(world)) return [404, GROUPS_OFF]
    if (shareWith === null || !groups.find(world, shareWith)) return [404, NO_GROUP]
    return isShared ? [403, 'Path already shared with this group'] : null
  }
  if (kind !== TYPE.link) return null
  if (!settings.allowsLinks(world, groups.groupsOf(world, me))) return [404, LINKS_OFF]
  if (publicUpload !== 'true' && asked !== PERMISSION.create) return null
  if (!settings.allowsPublicUpload(world)) return [403, UPLOAD_OFF]
  return files.isFolder(entry) ? null : [404, NO_FOLDER]
}

/** Attributes from a list of scope, key and `enabled` or `value`; what has none of these says nothing. */
export function attributesIn(given: unknown): Attribute[] | null {
  if (!isPhpArray(given)) return null
  return Object.values(given).flatMap((one) => {
    if (!isPhpArray(one)) return []
    const { scope, key, value, enabled } = one as Readonly<Record<string, unknown>>
    const set = enabled === undefined ? value : enabled === true || enabled === 'true' || enabled === '1'
    if (typeof scope !== 'string' || typeof key !== 'string' || set === undefined || set === null) return []
    return [{ scope, key, value: set }]
  })
}
