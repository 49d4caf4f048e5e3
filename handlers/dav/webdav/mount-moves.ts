import { denied } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import * as mounts from '#world/files/mounts.ts'
import * as shares from '#world/sharing/shares.ts'
import { TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** What others share stays out of what is shared again by its place. */
const SHARED_ON: ReadonlySet<number> = new Set([TYPE.user, TYPE.group, TYPE.email, TYPE.team, TYPE.remote])

/**
 * Whether received shares may go where they are moved to, alone or in a folder.
 * @throws DavError 403
 */
export function checkMountMove(world: World, from: files.Entry, to: string): void {
  const { userId, path } = from
  const moving = files.isMountRoot(from)
    ? [from.mount!]
    : mounts.ofUser(world, userId).filter((mount) => mount.path.startsWith(`${path}/`))
  const folder = files.resolve(world, userId, files.dirName(to))
  if (!folder) return
  for (const mount of moving) {
    const what = `Moving a storage (${mount.path.slice(1)}) into a`
    if (isShared(world, folder)) throw denied(`${what} shared folder is not allowed`)
    if (folder.mount && folder.mount.path !== mount.path)
      throw denied(
        `${what} ${folder.mount.kind === 'shared' ? 'share' : 'nother storage'} (${folder.mount.path.slice(1)}) is not allowed`,
      )
  }
}

/** Whether an account shared a folder, or one around it. */
function isShared(world: World, folder: files.Entry): boolean {
  for (let path = folder.path; path !== '/'; path = files.dirName(path)) {
    const entry = files.resolve(world, folder.userId, path)
    if (entry?.owner !== folder.userId) return false
    if (shares.ofNode(world, entry.node.id).some((share) => SHARED_ON.has(share.type))) return true
  }
  return false
}
