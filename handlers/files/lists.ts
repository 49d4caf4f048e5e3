import { defineEndpoint, p, s } from '#app/index.ts'
import { cacheHeaders } from '#handlers/core/api.ts'
import type { PhpArray } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import { quotaBytes, UNLIMITED, usedBytes } from '#world/files/quota.ts'
import { setFavorite, setTags, tagsOf } from '#world/files/tags.ts'
import * as shares from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

const API = '/index.php/apps/files/api/v1'
const own = { app: 'files', access: 'user', envelope: false } as const

/** Bytes of a disk that has room for everything. */
const FREE_ON_DISK = 100 * 2 ** 30
const FIVE_MINUTES = 300

export const getStorageStats = defineEndpoint({
  ...own,
  id: 'files-api-get-storage-stats',
  method: 'GET',
  path: `${API}/stats`,
  summary: 'How full the storage is that a folder lies in',
  input: { dir: p.mixed().default('/') },
  output: s.object({ message: s.string(), data: s.record(s.any()) }),
  notImplemented: ['the size of the disk: it is always 100 GiB'],
  handle: ({ input, me, world, ok, crash }) => {
    if (typeof input.dir !== 'string') return crash()
    const entry = files.resolve(world, me, input.dir || '/')
    if (!entry) return crash()
    const headers = Object.fromEntries(cacheHeaders(world, 'must-revalidate', FIVE_MINUTES))
    return ok({ message: 'ok', data: statsOf(world, entry) }, { headers })
  },
})

/** How full the storage is that an entry lies in. */
export function statsOf(world: World, entry: files.Entry): PhpArray {
  const { owner, mount, path } = entry
  const limit = mount ? UNLIMITED : quotaBytes(world, owner)
  // What is received counts only where nothing is limited.
  const used = limit === UNLIMITED ? files.sizeWithMounts(world, entry) : usedBytes(world, owner)
  const free = limit === UNLIMITED ? FREE_ON_DISK : Math.max(0, limit - usedBytes(world, owner))
  const total = limit === UNLIMITED ? free + used : limit
  return {
    free,
    used,
    quota: limit,
    total,
    relative: total > 0 ? Math.round((used / total) * 10000) / 100 : 0,
    owner,
    ownerDisplayName: users.find(world, owner)?.displayName ?? owner,
    mountType: mount?.kind ?? '',
    mountPoint: mount ? mount.path.slice(1) || path.slice(1) : '',
  }
}

const MOST_RECENT = 100

export const getRecentFiles = defineEndpoint({
  ...own,
  id: 'files-api-get-recent-files',
  method: 'GET',
  path: `${API}/recent/`,
  summary: 'Files and empty folders that changed last',
  output: s.object({ files: s.list(s.record(s.any())) }),
  handle: ({ me, world, ok }) => {
    const root = files.resolve(world, me, '/')
    const all = (root ? below(world, root) : []).filter((entry) => !files.isFolder(entry) || entry.node.size === 0)
    const latest = all.sort((a, b) => b.node.mtime - a.node.mtime || a.node.id - b.node.id).slice(0, MOST_RECENT)
    return ok({ files: latest.map((entry) => print(world, entry)) })
  },
})

function below(world: World, folder: files.Entry): files.Entry[] {
  return files.list(world, folder).flatMap((entry) => [entry, ...(files.isFolder(entry) ? below(world, entry) : [])])
}

function print(world: World, entry: files.Entry): PhpArray {
  const { node, path, permissions, mount, owner, userId } = entry
  const types = new Set(
    shares
      .ofNode(world, node.id)
      .filter(({ sharedBy }) => sharedBy === userId)
      .map(({ type }) => type),
  )
  return {
    id: node.id,
    parentId: node.parent,
    mtime: node.mtime * 1000,
    name: files.baseName(path),
    permissions,
    mimetype: node.mime,
    size: node.size,
    type: files.isFolder(entry) ? 'dir' : 'file',
    etag: node.etag,
    ...(mount ? { shareOwner: users.find(world, owner)?.displayName ?? owner, mountType: mount.kind } : {}),
    hasPreview: hasPreview(node),
    path: files.dirName(path),
    ...(types.size > 0 ? { shareTypes: [...types].sort((a, b) => a - b) } : {}),
  }
}

/** The tag by which favourites are kept. */
const FAVORITE = '_$!<Favorite>!$_'

export const updateFileTags = defineEndpoint({
  ...own,
  id: 'files-api-update-file-tags',
  method: 'POST',
  path: `${API}/files/{path:.+}`,
  summary: 'Tag a file: the tags that it has then, its mark as a favourite among them',
  input: { path: p.string(), tags: p.mixed() },
  output: s.any(),
  responses: { 404: s.object({ message: s.string() }) },
  handle: ({ input: { path, tags }, me, world, ok, respond, crash }) => {
    if (tags === null) return ok([])
    const entry = files.resolve(world, me, path)
    if (!entry) return respond(404, { message: `/${me}/files/${path}`.replace(/\/+/g, '/') })
    if (!Array.isArray(tags)) return crash()
    const wanted = tags.map(String)
    const { favorite } = tagsOf(world, me, entry.node.id)
    setTags(
      world,
      me,
      entry.node.id,
      wanted.filter((tag) => tag !== FAVORITE),
    )
    if (favorite !== wanted.includes(FAVORITE)) setFavorite(world, me, entry.node.id, !favorite)
    return ok({ tags: wanted })
  },
})
