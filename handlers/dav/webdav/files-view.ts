import type { PropertyValue } from '#dav/multistatus.ts'
import type { Entry } from '#world/files/files.ts'
import type { Attribute } from '#world/sharing/shares.ts'

/** Which of an account's files a WebDAV server shows, and where. */
export interface FilesView {
  readonly userId: string
  /** Where they begin below the server's base: `files/alice`. */
  readonly prefix: string
  /** The folder or file of the account that is shown as the top; without it, all files are. */
  readonly top?: string
  /** Bits of what may be done at most. */
  readonly mask?: number
  /** What the share says by which the view exists. */
  readonly attributes?: readonly Attribute[]
  /** Told before the bytes of a file are. */
  onRead?(): void
  /** Properties that the view tells in its own way; `null`: it has none of that name, `undefined`: as everywhere. */
  property?(name: string): PropertyValue | null | undefined
}

/** An entry with what may be done to it through a view. The top of a share is no mount of whoever looks at it. */
export function seenIn({ top, mask }: FilesView, entry: Entry): Entry {
  if (mask === undefined) return entry
  const permissions = entry.permissions & mask
  return entry.mount !== null && top?.startsWith(entry.mount.path)
    ? { ...entry, permissions, mount: null }
    : { ...entry, permissions }
}
