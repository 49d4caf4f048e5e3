/**
 * Who gives whom access to which files: links, accounts, groups, addresses and other servers.
 * A received share shows in its recipient's files as a mount (`mounts.ts`) once it is accepted.
 */
export type { Reason, Refusal } from './checks.ts'
export { create, type Made, type Wish } from './create.ts'
export { expire, type ShareFilter } from './expire.ts'
export { parseDay, zoneOf } from './expiry.ts'
export { inheritLimits } from './limits.ts'
export * as lists from './lists.ts'
export * as permissions from './permissions.ts'
export * as received from './received.ts'
export { recipientName, recipientsOf } from './recipients.ts'
export { accept, leave, removeShare, restore } from './remove.ts'
export * as rights from './rights.ts'
export * as settings from './settings.ts'
export { PERMISSION } from './settings.ts'
export * from './share.ts'
export * as sharees from './sharees.ts'
export { mayDownload, type Shown, sharesAround, sharesFrom, shownBy } from './shown.ts'
export { findByToken, freeToken, isToken } from './tokens.ts'
export { update } from './update.ts'
export { isValid } from './validity.ts'
export * as visitors from './visitors.ts'
