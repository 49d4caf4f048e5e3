import { defineEndpoint, fileIcon, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { FOLDER_MIME } from '#world/files/tree.ts'
import * as shares from '#world/sharing/shares.ts'
import { type Share, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { contextOf } from './circles.ts'
import { memberSummary } from './format.ts'
import * as circles from './state.ts'

/** Of each team. */
const MOST_MEMBERS = 5

/** Asked: Nextcloud 34.0.1 and 33.0.0. */
const CRASHES_AT_NOTHING = byRelease(false, { 34: true })

export const getDashboard = defineEndpoint({
  id: 'circles:GET /apps/circles/teams/dashboard/widget',
  app: 'circles',
  method: 'GET',
  path: '/apps/circles/teams/dashboard/widget',
  access: 'user',
  summary: 'Teams that the caller is in, with some members and what is shared with them',
  input: { limit: p.limit().default(3).before(34, p.int().default(3)), offset: p.int().default(0) },
  output: s.list(
    s.object(
      {
        singleId: s.string(),
        name: s.string(),
        members: s.list(s.object({}, 'allow')),
        resources: s.list(s.object({}, 'allow')),
      },
      'allow',
    ),
  ),
  handle: async (args) => {
    const { input, world, me, request, catalogue, ok, crash } = args
    if (input.limit <= 0 && CRASHES_AT_NOTHING.at(world.release)) return crash()
    const shown = circles.ofUser(world, me).slice(Math.max(0, input.offset)).slice(0, Math.max(0, input.limit))
    const looking = { world, me, catalogue, baseUrl: request.baseUrl }
    return ok(
      await Promise.all(
        shown.map(async ({ id, name, displayName }) => ({
          singleId: id,
          displayName,
          name,
          url: '',
          members: circles
            .members(world, id)
            .slice(0, MOST_MEMBERS)
            .map((one) => memberSummary(contextOf(args), one)),
          resources: await Promise.all(sharedWith(world, id).map((share) => resource(share, looking))),
        })),
      ),
    )
  },
})

/** Folders come first. */
const sharedWith = (world: World, teamId: string): Share[] =>
  shares
    .sharedWith(world, TYPE.team, teamId)
    .filter((share) => shares.nodeOf(world, share))
    .sort((a, b) => Number(b.itemType === 'folder') - Number(a.itemType === 'folder'))

type Looking = Parameters<typeof fileIcon>[1] & { readonly baseUrl: string }

async function resource(share: Share, looking: Looking): Promise<PhpArray> {
  const { id, name, type } = shares.nodeOf(looking.world, share)!
  const isFolder = type === 'folder'
  const icon = isFolder
    ? await fileIcon(FOLDER_MIME, looking)
    : `${looking.baseUrl}/index.php/core/preview?fileId=${id}&mimeFallback=1`
  return {
    id: String(id),
    name,
    type: isFolder ? 'folder' : 'file',
    iconUrl: icon,
    fallbackIcon: icon,
    url: `${looking.baseUrl}/index.php/f/${id}`,
  }
}
