/**
 * Who gives whom access to which files: links, accounts, groups, addresses and other servers.
 * A received share shows in its recipient's files as a mount (`mounts.ts`) once it is accepted.
 */
export type { Reason, Refusal } from './sharing/checks.ts'
export { create, type Made, type Wish } from './sharing/create.ts'
export { expire, type ShareFilter } from './sharing/expire.ts'
export { parseDay, zoneOf } from './sharing/expiry.ts'
export { inheritLimits } from './sharing/limits.ts'
export * as lists from './sharing/lists.ts'
export * as permissions from './sharing/permissions.ts'
export { react } from './sharing/react.ts'
export * as received from './sharing/received.ts'
export { accept, leave, recipientsOf, removeShare, restore } from './sharing/remove.ts'
export * as rights from './sharing/rights.ts'
export * as settings from './sharing/settings.ts'
export { PERMISSION } from './sharing/settings.ts'
export * from './sharing/share.ts'
export * as sharees from './sharing/sharees.ts'
export { mayDownload, type Shown, sharesAround, sharesFrom, shownBy } from './sharing/shown.ts'
export { findByToken, freeToken, isToken } from './sharing/tokens.ts'
export { update } from './sharing/update.ts'
export { isValid } from './sharing/validity.ts'
export * as visitors from './sharing/visitors.ts'
