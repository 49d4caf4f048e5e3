import { byRelease } from '#lib/releases.ts'
import { type Entry, isFolder, isMountRoot, may, mayWrite, PERMISSION } from '#world/files/files.ts'
import type { World } from '#world/world.ts'

/** Whether something can be called otherwise that cannot be moved. */
const RENAMES_APART = byRelease(false, { 34: true })

/** The letters by which clients know what they may do. */
export function davPermissions({ release }: Pick<World, 'release'>, entry: Entry, listed = true): string {
  const shared = entry.mount !== null && entry.mount.kind === 'shared'
  let letters = shared ? 'S' : ''
  if (may(entry, 'share')) letters += 'R'
  if (entry.mount !== null && !shared) letters += 'M'
  if (may(entry, 'read')) letters += 'G'
  if (may(entry, 'delete')) letters += 'D'
  // A mount that is not seen in a list cannot be written by being one (Nextcloud 34.0.1, asked).
  const isMovable = listed ? may(entry, 'update') : mayWrite(entry)
  if (RENAMES_APART.at(release) ? canRename(entry) : isMovable) letters += 'N'
  if (isMovable) letters += 'V'
  if (isFolder(entry)) return may(entry, 'create') ? `${letters}CK` : letters
  return mayWrite(entry) ? `${letters}W` : letters
}

/** What others can be given of it: bits, where files are neither created in nor deleted. */
export function sharePermissions(entry: Entry): number {
  const permissions = entry.mount?.kind === 'shared' ? entry.mount.permissions : entry.permissions
  return isFolder(entry) ? permissions : permissions & ~12
}

export function canRename(entry: Entry): boolean {
  if (isMountRoot(entry) || may(entry, 'update')) return true
  const besides = entry.mount === null || (entry.mount.permissions & PERMISSION.create) !== 0
  return entry.path !== '/' && may(entry, 'delete') && besides
}
