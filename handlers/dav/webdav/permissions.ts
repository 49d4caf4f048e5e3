import { type Entry, isFolder, isMountRoot, may, mayWrite, PERMISSION } from '#world/files/files.ts'

/** The letters by which clients know what they may do. */
export function davPermissions(entry: Entry, listed = true): string {
  const shared = entry.mount !== null && entry.mount.kind === 'shared'
  let letters = shared ? 'S' : ''
  if (may(entry, 'share')) letters += 'R'
  if (entry.mount !== null && !shared) letters += 'M'
  if (may(entry, 'read')) letters += 'G'
  if (may(entry, 'delete')) letters += 'D'
  if (canRename(entry)) letters += 'N'
  // A mount that is not seen in a list cannot be written by being one (Nextcloud 34.0.1, asked).
  if (listed ? may(entry, 'update') : mayWrite(entry)) letters += 'V'
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
