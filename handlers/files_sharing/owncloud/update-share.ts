import { defineEndpoint, p } from '#app/index.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { PERMISSION, type Share, settings, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { attributesIn, EDIT, NO_FOLDER } from './create-share.ts'
import { API_OFF, formatShare, shareSchema, WRONG_ID } from './format.ts'
import { updateFailure } from './refusals.ts'
import { requireShare, viewerOf } from './shares.ts'

const path = '/apps/files_sharing/api/v1/shares/{id}'

const NOTHING_GIVEN = 'Wrong or no update parameter given'
const NOT_OF_LINKS = `Can't change permissions for public share links`
const UPLOAD_OFF = 'Public upload disabled by the administrator'
const BAD_DATE = 'Invalid date. Format must be YYYY-MM-DD'
const NOTHING_LEFT = 'Cannot remove all permissions'

const { read, create, update } = PERMISSION
/** What a link can give. */
const OF_LINKS: readonly number[] = [read, create, read | create, read | create | update, EDIT]

interface UpdateShareInput {
  readonly permissions: number | null
  readonly publicUpload: string | null
  readonly password: string | null
  readonly expireDate: string | null
  readonly name: string | null
}

type Failure = readonly [code: 400 | 403, message: string]
type Change = Partial<Share> | Failure

export const updateShare = defineEndpoint({
  id: `files_sharing-owncloud:PUT ${path}`,
  products: ['owncloud'],
  app: 'files_sharing',
  exit: 'result',
  method: 'PUT',
  path,
  access: 'user',
  summary: 'Change a share that one is a party of',
  input: {
    permissions: p.int().orNull().describe('Sum of 1 read, 2 update, 4 create, 8 delete, 16 share'),
    publicUpload: p.string().orNull().describe('`true` or `false`: the old way to say whether strangers may write'),
    password: p.string().secret().orNull().describe('Of a link; empty: none'),
    expireDate: p.string().orNull().describe('The last day of a link; empty: none'),
    name: p.string().orNull().describe('Of a link'),
    attributes: p.mixed().describe('A list of scope, key and value'),
  },
  output: shareSchema,
  failures: {
    400: [NOTHING_GIVEN, NOT_OF_LINKS, NO_FOLDER, BAD_DATE, NOTHING_LEFT],
    403: UPLOAD_OFF,
    404: [WRONG_ID, API_OFF],
  },
  probe: { id: '999999', permissions: '1' },
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    const share = requireShare(args, input.id)
    const change = share.type === TYPE.link ? ofLink(world, me, share, input) : ofRecipient(input)
    if (isFailure(change)) return fail(...change)
    const attributes = attributesIn(input.attributes)
    const changed = { ...share, ...change, ...(attributes === null ? {} : { attributes }) }
    const updated = shares.update(world, changed, shares.find(world, share.id) ?? share, me)
    if ('reason' in updated) return fail(400, updateFailure(updated))
    return ok(formatShare(viewerOf(args), updated.share, { noAttributes: '[]' }) ?? fail(404))
  },
})

const isFailure = (change: Change): change is Failure => Array.isArray(change)

/** Only permissions can be changed of what is no link. */
function ofRecipient({ permissions }: UpdateShareInput): Change {
  if (permissions === null) return [400, NOTHING_GIVEN]
  return permissions === 0 ? [400, NOTHING_LEFT] : { permissions }
}

/** What shall change of a link, or the first thing about it that is wrong: the order is the real server's. */
function ofLink(world: World, me: string, share: Share, input: UpdateShareInput): Change {
  const { permissions, publicUpload, password, expireDate, name } = input
  if ([permissions, publicUpload, password, expireDate, name].every((given) => given === null))
    return [400, NOTHING_GIVEN]
  const wanted = permissions ?? (publicUpload === 'true' ? EDIT : publicUpload === 'false' ? read : null)
  const wrong = wanted === null ? null : checkRights(world, share, wanted)
  if (wrong) return wrong
  const expiresAt = expireDate ? shares.parseDay(world, me, expireDate) : null
  if (expireDate && expiresAt === null) return [400, BAD_DATE]
  return {
    ...(name === null ? {} : { label: name }),
    ...(wanted === null ? {} : { permissions: wanted }),
    ...(password === null ? {} : { password: password === '' ? null : password }),
    ...(expireDate === null ? {} : { expiresAt }),
  }
}

function checkRights(world: World, share: Share, wanted: number): Failure | null {
  if (!OF_LINKS.includes(wanted)) return [400, NOT_OF_LINKS]
  if ((wanted & create) === 0) return null
  if (!settings.allowsPublicUpload(world)) return [403, UPLOAD_OFF]
  return files.find(world, share.nodeId)?.type === 'folder' ? null : [400, NO_FOLDER]
}
