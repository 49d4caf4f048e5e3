import { defineEndpoint, p } from '#app/index.ts'
import { policyText } from '#app/problem-texts.ts'
import { isEmailAddress } from '#lib/email-address.ts'
import { byRelease } from '#lib/releases.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getSystem } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import { PERMISSION, permissions, type Share, settings, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { formatShare, isFormatted, shareTypeOf, type Viewer } from './format.ts'
import { createFailure } from './share-failures.ts'
import {
  BAD_DATE,
  badAttributes,
  byteLength,
  LABEL_TOO_LONG,
  LINK_PROBLEMS,
  MAX_LABEL_BYTES,
  readAttributes,
  toggle,
} from './share-input.ts'
import { API_OFF, shareSchema } from './share-schema.ts'
import { requireApi, viewerOf } from './shares.ts'

interface CreateShareInput {
  readonly path: string | null
  readonly permissions: number | null
  readonly shareType: number
  readonly shareWith: string | null
  readonly publicUpload: string | null
  readonly password: string
  readonly sendPasswordByTalk: string | null
  readonly expireDate: string | null
  readonly note: string
  readonly label: string
  readonly attributes: string | null
  readonly sendMail: string | null
}

type Failure = readonly [code: 400 | 403 | 404, message: string]

export const createShare = defineEndpoint({
  id: 'files_sharing-shareapi-create-share',
  app: 'files_sharing',
  method: 'POST',
  path: '/apps/files_sharing/api/v1/shares',
  access: 'user',
  summary: 'Share a file or folder by link, or with an account, a group, an address or another server',
  input: {
    path: p.string().orNull().describe('The file or folder'),
    permissions: p.int().orNull().describe('Sum of 1 read, 2 update, 4 create, 8 delete, 16 share'),
    shareType: p.int().default(-1).describe('0 account, 1 group, 3 link, 4 e-mail, 6 other server'),
    shareWith: p.string().orNull().describe('Account, group, address or federated id'),
    publicUpload: p.string().orNull().describe('`true` or `false`: the old way to say that strangers may write'),
    password: p.string().secret().default('').describe('Of a link or mail'),
    sendPasswordByTalk: p.string().orNull(),
    expireDate: p.string().orNull().describe('The last day; empty: none, also where there is a default'),
    note: p.string().default(''),
    label: p.string().default('').describe('Name of a link'),
    attributes: p.string().orNull().describe('JSON: a list of scope, key and value'),
    sendMail: p.string().orNull().since(30, null).describe('`true` or `false`: tell the recipient by mail'),
  },
  output: shareSchema,
  failures: {
    400: ['Unknown share type', LABEL_TOO_LONG, ...messages(400)],
    403: ['Failed to create share.', ...messages(403)],
    404: [
      'Please specify a file or folder path',
      'Wrong path, file/folder does not exist',
      BAD_DATE.at(Number.POSITIVE_INFINITY),
      API_OFF,
    ],
  },
  probe: { path: '/welcome.txt', shareType: '3' },
  notImplemented: ['shares with other servers fail, as on a server that reaches none'],
  handle: async (args) => {
    const { input, world, me, ok, fail, crash } = args
    requireApi(args)
    const weakness = input.password === '' ? null : await policyText(args, input.password)
    if (input.path === null) return fail(404)
    if (input.path.split('/').includes('..')) return crash()
    const entry = files.resolve(world, me, input.path) ?? fail(404, 'Wrong path, file/folder does not exist')
    const viewer = await viewerOf(args)
    const newShare = readNewShare(viewer, entry, input, weakness)
    if (newShare === 'crash') return crash()
    if (isFailure(newShare)) return fail(...newShare)
    const made = shares.create(world, newShare)
    if ('reason' in made) {
      const [code, message] = createFailure(made, { release: world.release, file: entry.node.name, share: newShare })
      return fail(code as 403, message)
    }
    const formatted = formatShare(viewer, made.share)
    return isFormatted(formatted) ? ok(formatted) : crash()
  },
})

function messages(code: number): string[] {
  return Object.values(LINK_PROBLEMS).flatMap(([of, message]) => (of === code ? [message] : []))
}

const isFailure = (newShare: shares.NewShare | Failure): newShare is Failure => Array.isArray(newShare)

/** Whether everybody with whom something is shared may read it, whatever was asked for. */
const ALWAYS_READS = byRelease(true, { 32: false })

/** Whether it is said at once that there are no such permissions, whatever else is wrong (27.1.10, asked). */
const RANGE_FIRST = byRelease(true, { 32: false })

/** Whether the old way to say that strangers may not write overrules the permissions (27.1.10 not, source). */
const CAN_FORBID_UPLOAD = byRelease(false, { 32: true })

/** The share to create, or the first thing about it that is wrong: the order is the real server's. */
function readNewShare(
  viewer: Viewer,
  entry: files.Entry,
  input: CreateShareInput,
  weakness: string | null,
): shares.NewShare | Failure | 'crash' {
  const { world, me } = viewer
  const type = input.shareType
  const isFile = !files.isFolder(entry)
  const { permissions: given } = input
  if (RANGE_FIRST.at(world.release) && given !== null && (given < 0 || given > PERMISSION.all))
    return NO_SUCH_PERMISSIONS
  const said = toggle(input.publicUpload)
  const publicUpload = said === false && !CAN_FORBID_UPLOAD.at(world.release) ? null : said
  const linkLike = type === TYPE.link || type === TYPE.email
  const asked = ALWAYS_READS.at(world.release) && given !== null ? given | PERMISSION.read : given
  const wanted = linkLike ? permissions.ofLink(world, asked, publicUpload) : permissions.ofRecipient(world, asked)
  const problem = linkLike && permissions.checkOfLink(world, isFile, wanted, publicUpload)
  if (problem) return LINK_PROBLEMS[problem]
  const attributes = input.attributes === null ? null : readAttributes(input.attributes, world.release)
  if (attributes === 'malformed') return 'crash'
  if (attributes === 'no-list') return [400, badAttributes(input.attributes ?? '', world.release)]
  const at = input.expireDate ? shares.parseDay(world, me, input.expireDate) : null
  if (input.expireDate && at === null) return [404, BAD_DATE.at(world.release)]
  const mailSend = wantsMail(world, input)
  const wrong = checkRecipient(viewer, entry, input, mailSend)
  if (wrong) return wrong
  // What a file cannot have is gone by now, so there may be nothing left.
  const possible = isFile ? permissions.forFile(wanted) : wanted
  const emptied = linkLike && permissions.checkOfLink(world, isFile, possible, publicUpload)
  if (emptied) return LINK_PROBLEMS[emptied]
  return {
    by: me,
    entry,
    type: type as Share['type'],
    sharedWith: recipientOf(input),
    permissions: possible,
    expiry: { at, explicitlyNone: input.expireDate === '' },
    password: linkLike && input.password !== '' ? { password: input.password, weakness } : NO_PASSWORD,
    note: input.note,
    label: linkLike ? input.label : '',
    attributes,
    mailSend,
  }
}

const NO_SUCH_PERMISSIONS: Failure = [404, 'Invalid permissions']

const NO_PASSWORD = { password: null, weakness: null }

/** Links have no recipient, whoever is named. */
const recipientOf = ({ shareType, shareWith }: CreateShareInput) => (shareType === TYPE.link ? null : shareWith)

/** Told by mail unless said otherwise; an address only where there is one. */
function wantsMail(world: World, { sendMail, shareType, shareWith }: CreateShareInput): boolean {
  if (sendMail !== null) return sendMail === 'true'
  if (getSystem(world, 'sharing.enable_share_mail', true) && shareType !== TYPE.email) return true
  return shareType === TYPE.email && shareWith !== null && shareWith !== ''
}

const NO_ACCOUNT = byRelease('Please specify a valid user', { 32: 'Please specify a valid account to share with' })

function checkRecipient(
  viewer: Viewer,
  entry: files.Entry,
  input: CreateShareInput,
  mailSend: boolean,
): Failure | 'crash' | null {
  const { world, me } = viewer
  const { shareType: type, shareWith } = input
  const place = `/${me}/files${entry.path === '/' ? '' : entry.path}`
  switch (type) {
    case TYPE.user:
      return shareWith !== null && users.find(world, shareWith) ? null : [404, NO_ACCOUNT.at(world.release)]
    case TYPE.group:
      if (!settings.allowsGroups(world)) return [404, 'Group sharing is disabled by the administrator']
      return shareWith !== null && groups.find(world, shareWith) ? null : [404, 'Please specify a valid group']
    case TYPE.link:
    case TYPE.email:
      return checkLink(world, me, input, mailSend, place)
    case TYPE.remote:
      if (!settings.allowsOutgoingRemote(world)) return refusedBackEnd(place, type)
      return shareWith === null ? [404, 'Please specify a valid federated account ID'] : null
    case TYPE.remoteGroup:
      if (!settings.allowsOutgoingRemoteGroups(world)) return refusedBackEnd(place, type)
      return shareWith === null ? [404, 'Please specify a valid federated group ID'] : null
    default:
      return checkAppRecipient(viewer, type, shareWith, place)
  }
}

/** What the app of a type of shares has against a recipient, or what the server says without that app. */
function checkAppRecipient(
  viewer: Viewer,
  type: number,
  shareWith: string | null,
  place: string,
): Failure | 'crash' | null {
  const shareType = shareTypeOf(viewer, type)
  if (shareType && isEnabled(viewer.world, shareType.app)) {
    const refusal = shareType.contribution.check?.(shareWith, { ...viewer, profile: shareType.profile }) ?? null
    return refusal === null || refusal === 'crash' ? refusal : [refusal.code, refusal.message]
  }
  if (type === TYPE.team) return [404, 'You cannot share to a Team if the app is not enabled']
  if (type === TYPE.room || type === TYPE.deck)
    return [403, `Sharing ${place} failed because the back end does not support room shares`]
  return [400, 'Unknown share type']
}

const refusedBackEnd = (place: string, type: number): Failure => [
  403,
  `Sharing ${place} failed because the back end does not allow shares from type ${type}`,
]

function checkLink(
  world: World,
  me: string,
  input: CreateShareInput,
  mailSend: boolean,
  place: string,
): Failure | null {
  const { shareType, shareWith, label, sendPasswordByTalk } = input
  if (!settings.allowsLinks(world, groups.groupsOf(world, me)))
    return [404, 'Public link sharing is disabled by the administrator']
  if (shareType === TYPE.email && shareWith !== null && mailSend && !isEmailAddress(shareWith))
    return [404, 'Please specify a valid email address']
  if (byteLength(label) > MAX_LABEL_BYTES) return [400, LABEL_TOO_LONG]
  if (sendPasswordByTalk !== 'true') return null
  return [403, `Sharing ${place} sending the password by Nextcloud Talk failed because Nextcloud Talk is not enabled`]
}
