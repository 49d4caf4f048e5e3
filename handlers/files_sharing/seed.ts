import { inPlace, SeedError } from '#lib/errors.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { PERMISSION, type ShareType, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** A share of a starting world. */
export interface ShareSeed {
  readonly type: 'user' | 'group' | 'link' | 'email'
  /** Whose file it is. */
  readonly owner: string
  /** In the owner's files. */
  readonly path: string
  /** The account, group or address; links have none. */
  readonly with?: string
  /** Sum of 1 read, 2 update, 4 create, 8 delete, 16 share. Default: everything, of a link reading. */
  readonly permissions?: number
  /** The last day (`2026-12-31`), or a moment in ISO 8601. It may be over already. */
  readonly expires?: string
  readonly password?: string
  /** What a link's address ends with. Default: a random one. */
  readonly token?: string
  readonly note?: string
  readonly label?: string
  readonly hideDownload?: boolean
  /** `false`: it waits to be accepted. Default: as the recipients' settings say. */
  readonly accepted?: boolean
}

/** Share files of a starting world. The rules of the server hold, but for ends that are past already. */
export function seedShares(world: World, list: readonly ShareSeed[]): void {
  list.forEach((seed, i) => {
    inPlace(i, () => seedShare(world, seed))
  })
}

function seedShare(world: World, seed: ShareSeed): void {
  const owner = users.find(world, seed.owner)
  if (!owner)
    throw new SeedError(['owner'], `there is no account "${seed.owner}". Name it under "users" of the same seed.`)
  const entry = files.resolve(world, owner.id, seed.path)
  if (!entry)
    throw new SeedError(['path'], `${seed.owner} has no "${seed.path}". Name it under "files" of the same seed.`)
  const type: ShareType = TYPE[seed.type]
  const made = shares.create(world, {
    by: owner.id,
    entry,
    type,
    sharedWith: recipientOf(world, seed),
    permissions: permissionsOf(world, seed, type, !files.isFolder(entry)),
    expiry: { at: null, explicitlyNone: seed.expires === undefined },
    password: { password: seed.password ?? null, weakness: null },
    note: seed.note ?? '',
    label: seed.label ?? '',
    attributes: null,
    mailSend: false,
  })
  if ('reason' in made) throw new SeedError([], `this share cannot be: ${made.reason}.`)
  finish(world, made.share, seed)
}

function recipientOf(world: World, seed: ShareSeed): string | null {
  if (seed.type === 'link') return null
  const wanted = seed.with
  if (wanted === undefined) throw new SeedError(['with'], 'this is missing: name the recipient.')
  if (seed.type === 'user' && !users.find(world, wanted))
    throw new SeedError(['with'], `there is no account "${wanted}".`)
  if (seed.type === 'group' && !groups.find(world, wanted))
    throw new SeedError(['with'], `there is no group "${wanted}".`)
  return wanted
}

function permissionsOf(world: World, seed: ShareSeed, type: ShareType, isFile: boolean): number {
  const isLink = type === TYPE.link || type === TYPE.email
  const asked = seed.permissions ?? null
  const wanted = isLink ? shares.permissions.ofLink(world, asked, null) : shares.permissions.ofRecipient(world, asked)
  return (isFile ? shares.permissions.forFile(wanted) : wanted) & PERMISSION.all
}

function finish(world: World, share: shares.Share, seed: ShareSeed): void {
  const { token, hideDownload = false } = seed
  if (token !== undefined && !shares.isToken(token))
    throw new SeedError(['token'], 'a token has letters, digits and hyphens only.')
  shares.patch(world, share.id, {
    hideDownload,
    ...(token === undefined ? {} : { token }),
    ...(seed.expires === undefined ? {} : { expiresAt: endOf(seed.expires) }),
    ...(seed.accepted === undefined ? {} : { accepted: seed.accepted }),
  })
  if (seed.accepted === undefined) return
  for (const userId of shares.recipientsOf(world, share)) {
    const own = shares.memberView(world, share.id, userId)
    if (own) shares.patch(world, own.id, { accepted: seed.accepted })
    if (userId !== share.owner) shares.received.refreshMount(world, userId, share.nodeId)
  }
}

function endOf(text: string): number {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text)
  if (Number.isFinite(at)) return Math.floor(at / 1000)
  throw new SeedError(['expires'], `"${text}" is no date. Write one such as "2026-12-31" or "2026-12-31T12:00:00Z".`)
}
