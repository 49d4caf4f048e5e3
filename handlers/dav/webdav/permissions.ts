import { type Entry, isFolder, isMountRoot, may, mayWrite } from '../../../src/world/files.ts'

/** The letters by which clients know what they may do. */
export function davPermissions(entry: Entry): string {
  const shared = entry.mount !== null && entry.mount.kind === 'shared'
  let letters = shared ? 'S' : ''
  if (may(entry, 'share')) letters += 'R'
  if (entry.mount !== null && !shared) letters += 'M'
  if (may(entry, 'read')) letters += 'G'
  if (may(entry, 'delete')) letters += 'D'
  if (canRename(entry)) letters += 'N'
  if (may(entry, 'update')) letters += 'V'
  if (isFolder(entry)) return may(entry, 'create') ? `${letters}CK` : letters
  return mayWrite(entry) ? `${letters}W` : letters
}

/** What others can be given of it: bits, where files are neither created in nor deleted. */
export function sharePermissions(entry: Entry): number {
  return isFolder(entry) ? entry.permissions : entry.permissions & ~12
}

export function canRename(entry: Entry): boolean {
  return isMountRoot(entry) || may(entry, 'update') || (entry.path !== '/' && may(entry, 'delete'))
}
