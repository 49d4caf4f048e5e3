import { defineEndpoint, p, type RequestInfo, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type { ContributionSource } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { lists, rights, type Share } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { formatShare, isFormatted, type Unformatted, type Viewer, withTags } from './format.ts'
import { pageNotFound } from './page-not-found.ts'
import { sharedAbove, sharedByMe, sharedInFolder, sharedWithMe } from './share-lists.ts'
import { API_OFF, shareSchema, WRONG_ID } from './share-schema.ts'

interface Caller {
  readonly world: World
  readonly profile: Profile
  readonly me: string
  readonly request: RequestInfo
  readonly catalogue: ContributionSource
}

/** What formatting needs of a caller. */
export async function viewerOf({ world, profile, me, request, catalogue }: Caller): Promise<Viewer> {
  return { world, profile, me, baseUrl: request.baseUrl, shareTypes: await catalogue.gather('shareTypes') }
}

/** Fails where the administrator turned sharing off. */
export function requireApi({ world, fail }: { world: World; fail(code: 404, message?: string): never }): void {
  if (!shares.settings.isApiEnabled(world)) fail(404, API_OFF)
}

/** A share by its id that the caller may see. */
export function requireShare(
  args: Caller & { fail(code: 404, message?: string): never },
  id: string,
  throughGroup = true,
): Share {
  const share = lists.byId(args.world, id, args.me)
  if (!share || !rights.canAccess(args.world, share, args.me, throughGroup)) return args.fail(404, WRONG_ID)
  return share
}

const tagged = (list: readonly PhpArray[], wanted: boolean) => (wanted ? withTags(list, () => []) : [...list])

/** A formatted share, or the way in which the real server fails to format one. */
export function formattedOr<T>(share: PhpArray | Unformatted, crash: () => never, notFound: () => T): PhpArray | T {
  if (isFormatted(share)) return share
  return share === 'no-target' ? crash() : notFound()
}

export const getShares = defineEndpoint({
  id: 'files_sharing-shareapi-get-shares',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/shares',
  access: 'user',
  summary: 'What one shared, or what one received: of everything, of one file or folder, or of all in a folder',
  input: {
    shared_with_me: p.string().default('false').describe('`true`: what one received'),
    reshares: p.string().default('false').describe('`true`: also what others made of it'),
    subfiles: p.string().default('false').describe('`true`: of everything in the folder at `path`'),
    path: p.string().default('').describe('Only shares of the file or folder at this path'),
    include_tags: p.string().default('false').describe('`true`: with the tags of the files'),
  },
  output: s.list(shareSchema),
  failures: { 400: 'Not a directory', 404: ['Wrong path, file/folder does not exist', API_OFF] },
  probe: { path: '/' },
  handle: async (args) => {
    const { input, world, me, ok, fail, crash } = args
    requireApi(args)
    const viewer = await viewerOf(args)
    const node = input.path === '' ? undefined : files.resolve(world, me, input.path)
    if (input.path !== '' && !node) fail(404)
    const tags = input.include_tags === 'true'
    if (input.shared_with_me === 'true') return ok(tagged(sharedWithMe(viewer, node), tags))
    if (input.subfiles === 'true') {
      if (!node) return crash()
      return ok(files.isFolder(node) ? sharedInFolder(viewer, node) : fail(400))
    }
    return ok(tagged(sharedByMe(viewer, { node, reshares: input.reshares === 'true' }), tags))
  },
})

export const getInheritedShares = defineEndpoint({
  id: 'files_sharing-shareapi-get-inherited-shares',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/shares/inherited',
  access: 'user',
  summary: 'Shares of the folders above a file or folder, which reach it too',
  input: { path: p.string().describe('The file or folder whose access is asked for') },
  output: s.list(shareSchema),
  failures: { 404: ['Wrong path, file/folder does not exist', API_OFF] },
  probe: { path: '/' },
  handle: async (args) => {
    const { input, world, me, ok, fail, abort } = args
    requireApi(args)
    const node = files.resolve(world, me, input.path) ?? fail(404)
    if (!files.may(node, 'share')) args.crash()
    if (node.path === '/') abort(pageNotFound())
    return ok(sharedAbove(await viewerOf(args), node))
  },
})

export const getShare = defineEndpoint({
  id: 'files_sharing-shareapi-get-share',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/shares/{id}',
  access: 'user',
  summary: 'One share, in a list of one',
  input: { id: p.string(), include_tags: p.bool().default(false).describe('With the tags of the file') },
  output: s.list(shareSchema),
  failures: { 404: [WRONG_ID, API_OFF] },
  probe: { id: '1' },
  handle: async (args) => {
    const { input, ok, fail, crash } = args
    requireApi(args)
    const share = requireShare(args, input.id)
    const formatted = formattedOr(formatShare(await viewerOf(args), share), crash, () => fail(404))
    return ok(tagged([formatted], input.include_tags))
  },
})

export const deleteShare = defineEndpoint({
  id: 'files_sharing-shareapi-delete-share',
  app: 'files_sharing',
  method: 'DELETE',
  path: '/apps/files_sharing/api/v1/shares/{id}',
  access: 'user',
  summary: 'End a share that one made, or give up one that one received',
  input: { id: p.string() },
  output: s.empty(),
  failures: { 403: 'Could not delete share', 404: [WRONG_ID, API_OFF] },
  probe: { id: '999999' },
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    requireApi(args)
    const share = requireShare(args, input.id)
    if (rights.canLeave(world, share, me)) shares.leave(world, share, me)
    else if (rights.canDelete(share, me)) shares.removeShare(world, share)
    else fail(403)
    return ok()
  },
})

export const pendingShares = defineEndpoint({
  id: 'files_sharing-shareapi-pending-shares',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/shares/pending',
  access: 'user',
  summary: 'What was shared with one and waits to be accepted',
  output: s.list(shareSchema),
  failures: { 404: API_OFF },
  handle: async (args) => {
    const { world, me, ok, abort } = args
    requireApi(args)
    const viewer = await viewerOf(args)
    const waiting = lists.reaching(world, me).filter((share) => !share.accepted)
    return ok(
      waiting.map((share) => {
        const shown = files.entryOf(world, share.sharedBy, share.nodeId)
        const formatted = shown && formatShare(viewer, share, shown)
        if (!formatted || !isFormatted(formatted)) return abort(pageNotFound())
        return { ...formatted, path: `/${shown.node.name}`, permissions: 0 }
      }),
    )
  },
})

export const acceptShare = defineEndpoint({
  id: 'files_sharing-shareapi-accept-share',
  app: 'files_sharing',
  method: 'POST',
  path: '/apps/files_sharing/api/v1/shares/pending/{id}',
  access: 'user',
  summary: 'Accept what was shared with one',
  input: { id: p.string() },
  output: s.empty(),
  failures: { 400: 'Failed to accept share.', 404: [WRONG_ID, API_OFF] },
  probe: { id: '999999' },
  handle: (args) => {
    requireApi(args)
    const share = requireShare(args, args.input.id)
    if (shares.accept(args.world, share, args.me)) args.fail(400)
    return args.ok()
  },
})
