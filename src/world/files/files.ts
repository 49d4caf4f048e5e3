/**
 * The files of accounts: a tree per home, seen by its owner and, through mounts, by those it was shared with.
 * Paths are those of one account's files (`/Documents/report.txt`); an {@link Entry} is a node as one account sees it.
 */
export * from './changes.ts'
export { bytesOf, contentFrom, EMPTY } from './content.ts'
export * from './entries.ts'
export { ensureHome, home, storageOf } from './homes.ts'
export type { Mount } from './mounts.ts'
export { freeBytes, quotaBytes, usedBytes } from './quota.ts'
export { type Content, type FileNode, PERMISSION } from './tree.ts'
