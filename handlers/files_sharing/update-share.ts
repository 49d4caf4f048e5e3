import { defineEndpoint, p } from '#app/index.ts'
import { policyText } from '#app/problem-texts.ts'
import { byRelease } from '#lib/releases.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { permissions, rights, type Share, settings } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { formatShare } from './format.ts'
import { pageNotFound } from './page-not-found.ts'
import { updateFailure } from './share-failures.ts'
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
import { API_OFF, shareSchema, WRONG_ID } from './share-schema.ts'
import { formattedOr, requireApi, viewerOf } from './shares.ts'

interface UpdateShareInput {
  readonly permissions: number | null
  readonly password: string | null
  readonly sendPasswordByTalk: string | null
  readonly publicUpload: string | null
  readonly expireDate: string | null
  readonly note: string | null
  readonly label: string | null
  readonly hideDownload: string | null
  readonly attributes: string | null
  readonly sendMail: string | null
  readonly token: string | null
}

type Failure = readonly [code: 400 | 403, message: string]
type ShareChange = Partial<Share> | Failure | 'crash'

const NO_TALK =
  '"Sending the password by Nextcloud Talk" for sharing a file or folder failed because Nextcloud Talk is not enabled.'
const NO_CUSTOM_TOKENS = 'Custom share link tokens have been disabled by the administrator'
const BAD_TOKEN = 'Tokens must contain at least 1 character and may only contain letters, numbers, or a hyphen'

export const updateShare = defineEndpoint({
  id: 'files_sharing-shareapi-update-share',
  app: 'files_sharing',
  method: 'PUT',
  path: '/apps/files_sharing/api/v1/shares/{id}',
  access: 'user',
  summary: 'Change a share that one made',
  input: {
    id: p.string(),
    permissions: p.int().orNull().describe('Sum of 1 read, 2 update, 4 create, 8 delete, 16 share'),
    password: p.string().secret().orNull().describe('Of a link or mail; empty: none'),
    sendPasswordByTalk: p.string().orNull(),
    publicUpload: p.string().orNull().describe('`true` or `false`: the old way to say that strangers may write'),
    expireDate: p.string().orNull().describe('The last day; empty: none'),
    note: p.string().orNull(),
    label: p.string().orNull().describe('Name of a link'),
    hideDownload: p.string().orNull().describe('`true` or `false`: a link offers no download'),
    attributes: p.string().orNull().describe('JSON: a list of scope, key and value'),
    sendMail: p.string().orNull().since(30, null),
    token: p
      .string()
      .orNull()
      .since(31, null)
      .describe('What the address of a link ends with, where the administrator allows it'),
  },
  output: shareSchema,
  failures: {
    400: [
      'Wrong or no update parameter given',
      'Failed to update share.',
      BAD_DATE.at(Number.POSITIVE_INFINITY),
      LABEL_TOO_LONG,
      BAD_TOKEN,
    ],
    403: ['You are not allowed to edit incoming shares', NO_TALK, NO_CUSTOM_TOKENS],
    404: [WRONG_ID, API_OFF],
  },
  probe: { id: '999999', note: 'x' },
  handle: async (args) => {
    const { input, world, me, ok, fail, crash, abort } = args
    requireApi(args)
    const weakness = input.password ? await policyText(args, input.password) : null
    const share = shares.lists.byId(world, input.id, me) ?? fail(404)
    if (!shares.nodeOf(world, share)) abort(pageNotFound())
    if (!rights.canAccess(world, share, me, false)) fail(404)
    if (!rights.canEdit(share, me)) fail(403)
    const { id: _, ...parameters } = input
    if (Object.values(parameters).every((value) => value === null)) fail(400)
    const change = readChange(world, me, share, parameters)
    if (change === 'crash') return crash()
    if (isFailure(change)) return fail(...change)
    const changed = shares.inheritLimits(world, { ...share, ...change })
    const updated = shares.update(world, changed, shares.find(world, share.id) ?? share, me, weakness)
    if ('reason' in updated) {
      const [code, message] = updateFailure(updated, {
        release: world.release,
        file: files.find(world, share.nodeId)?.name ?? '',
        share: changed,
      })
      return fail(code as 400, message)
    }
    return ok(formattedOr(formatShare(await viewerOf(args), updated.share), crash, () => abort(pageNotFound())))
  },
})

const isFailure = (change: Partial<Share> | Failure): change is Failure => Array.isArray(change)

/** What shall change, or the first thing about it that is wrong: the order is the real server's. */
function readChange(world: World, me: string, share: Share, input: UpdateShareInput): ShareChange {
  const attributes = input.attributes === null ? share.attributes : readAttributes(input.attributes, world.release)
  if (attributes === 'malformed') return 'crash'
  if (attributes === 'no-list') return [400, badAttributes(input.attributes ?? '', world.release)]
  const ofKind = shares.isLinkLike(share)
    ? readLink(world, share, input)
    : input.permissions === null
      ? {}
      : { permissions: input.permissions }
  if (ofKind === 'crash' || isFailure(ofKind)) return ofKind
  const expiresAt = input.expireDate ? shares.parseDay(world, me, input.expireDate) : null
  if (input.expireDate && expiresAt === null) return [400, BAD_DATE.at(Number.POSITIVE_INFINITY)]
  return {
    ...ofKind,
    attributes,
    ...(input.note === null ? {} : { note: input.note }),
    ...(toggle(input.sendMail) === null ? {} : { mailSend: input.sendMail === 'true' }),
    ...(input.expireDate === null ? {} : { expiresAt }),
  }
}

function readLink(world: World, share: Share, input: UpdateShareInput): ShareChange {
  const { password, label, token, sendPasswordByTalk } = input
  const rightsChange = readPermissions(world, share, input)
  if (isFailure(rightsChange)) return rightsChange
  if (label !== null && byteLength(label) > MAX_LABEL_BYTES) return [400, LABEL_TOO_LONG]
  if (sendPasswordByTalk === 'true') return [403, NO_TALK]
  if (token !== null && !settings.allowsCustomTokens(world)) return [403, NO_CUSTOM_TOKENS]
  if (token !== null && !shares.isToken(token)) return [400, BAD_TOKEN]
  const hideDownload = toggle(input.hideDownload)
  return {
    ...rightsChange,
    ...(hideDownload === null ? {} : { hideDownload }),
    ...(password === null ? {} : { password: password === '' ? null : password }),
    ...(label === null ? {} : { label }),
    ...(sendPasswordByTalk === null ? {} : { passwordByTalk: false }),
    ...(token === null ? {} : { token }),
  }
}

/** Whether permissions count where the old way to say that strangers may write says something else (27.1.10, source). */
const PERMISSIONS_PREVAIL = byRelease(true, { 32: false })

function readPermissions(world: World, share: Share, input: UpdateShareInput): { permissions?: number } | Failure {
  if (input.permissions === null && input.publicUpload === null) return {}
  const publicUpload =
    input.permissions !== null && PERMISSIONS_PREVAIL.at(world.release) ? null : toggle(input.publicUpload)
  const wanted = permissions.ofLink(world, input.permissions, publicUpload)
  const isFile = files.find(world, share.nodeId)?.type === 'file'
  const problem = permissions.checkOfLink(world, isFile, wanted, publicUpload)
  return problem ? LINK_PROBLEMS[problem] : { permissions: wanted }
}
