import { defineEndpoint, p, s } from '#app/index.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { lists, rights, type Share, type ShareType, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { API_OFF, formatShare, shareSchema, type Viewer, WRONG_ID, WRONG_PATH } from './format.ts'

const products = ['owncloud'] as const
const app = 'files_sharing'
const exit = 'result'
const all = '/apps/files_sharing/api/v1/shares'
const one = '/apps/files_sharing/api/v1/shares/{id}'

interface Caller {
  readonly world: World
  readonly me: string
  readonly request: { readonly baseUrl: string }
}

export const viewerOf = ({ world, me, request }: Caller): Viewer => ({ world, me, baseUrl: request.baseUrl })

/** A share by its id that the caller is a party of. */
export function requireShare(
  args: Caller & { fail(code: 404, message?: string): never },
  id: string,
  otherwise = WRONG_ID,
): Share {
  const { world, me, fail } = args
  if (!shares.settings.isApiEnabled(world)) return fail(404, API_OFF)
  const share = lists.byId(world, id, me) ?? fail(404, WRONG_ID)
  return isParty(world, share, me) ? share : fail(404, otherwise)
}

/** Its owner, its maker and its recipients; being able to share on is not enough. */
function isParty(world: World, share: Share, me: string): boolean {
  if (share.permissions === 0) return false
  if (share.owner === me || share.sharedBy === me) return true
  return (share.type === TYPE.user && share.sharedWith === me) || rights.isInGroup(world, share, me)
}

/** The kinds that there are, in the order in which they are listed. */
const KINDS: readonly ShareType[] = [TYPE.user, TYPE.group, TYPE.link, TYPE.remote]

/** Kinds by their numbers, as `0,3`; what is none is ignored. Empty: all. */
function kindsIn(text: string): readonly ShareType[] {
  const wanted = text.split(',').map((number) => number.trim())
  return text === '' ? KINDS : KINDS.filter((kind) => wanted.includes(String(kind)))
}

export const getShares = defineEndpoint({
  id: `files_sharing-owncloud:GET ${all}`,
  products,
  app,
  exit,
  method: 'GET',
  path: all,
  access: 'user',
  summary: 'What one shared, or what one received: of everything, of one file or folder, or of all in a folder',
  input: {
    shared_with_me: p.string().default('false').describe('`true`: what one received'),
    reshares: p.string().default('false').describe('`true`: also what others made of it'),
    subfiles: p.string().default('false').describe('`true`: of everything in the folder at `path`'),
    path: p.string().orNull().describe('Only shares of the file or folder at this path'),
    share_types: p.string().default('').describe('Numbers of kinds, with commas between'),
  },
  output: s.list(shareSchema),
  failures: { 400: 'Not a directory', 404: WRONG_PATH },
  probe: { path: '/' },
  notImplemented: ['The state of what one received is always accepted', 'Tags of files'],
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    if (!shares.settings.isApiEnabled(world)) return ok()
    const viewer = viewerOf(args)
    const entry = input.path === null ? null : (files.resolve(world, me, input.path) ?? fail(404))
    const kinds = kindsIn(input.share_types)
    if (input.shared_with_me === 'true') return ok(receivedBy(viewer, kinds, entry?.node.id))
    if (input.subfiles === 'true' && (!entry || !files.isFolder(entry))) return fail(400)
    const nodes = input.subfiles === 'true' ? files.list(world, entry!).map(({ node }) => node.id) : [entry?.node.id]
    const reshares = input.reshares === 'true'
    const made = nodes.flatMap((nodeId) => kinds.flatMap((kind) => lists.ofType(world, me, kind, { nodeId, reshares })))
    return ok(made.flatMap((share) => formatShare(viewer, share) ?? []))
  },
})

/** What others shared with one or with one's groups. */
function receivedBy(viewer: Viewer, kinds: readonly ShareType[], nodeId: number | undefined) {
  const { world, me } = viewer
  return lists
    .reaching(world, me, nodeId)
    .filter((share) => kinds.includes(share.type) && share.owner !== me && isParty(world, share, me))
    .flatMap((share) => formatShare(viewer, share, { received: true }) ?? [])
}

export const getShare = defineEndpoint({
  id: `files_sharing-owncloud:GET ${one}`,
  products,
  app,
  exit,
  method: 'GET',
  path: one,
  access: 'user',
  summary: 'One share, in a list of one',
  output: s.list(shareSchema),
  failures: { 404: [WRONG_ID, API_OFF] },
  probe: { id: '999999' },
  handle: (args) => {
    const formatted = formatShare(viewerOf(args), requireShare(args, args.input.id))
    return formatted ? args.ok([formatted]) : args.fail(404)
  },
})

const NOT_DELETED = 'Could not delete share'

export const deleteShare = defineEndpoint({
  id: `files_sharing-owncloud:DELETE ${one}`,
  products,
  app,
  exit,
  method: 'DELETE',
  path: one,
  access: 'user',
  summary: 'End a share that one made, or give up one that one received',
  output: s.empty(),
  failures: { 404: [WRONG_ID, NOT_DELETED, API_OFF] },
  probe: { id: '999999' },
  handle: (args) => {
    const { input, world, me, ok } = args
    const share = requireShare(args, input.id, NOT_DELETED)
    if (share.type === TYPE.group && share.owner !== me && share.sharedBy !== me) shares.leave(world, share, me)
    else shares.removeShare(world, share)
    return ok()
  },
})
