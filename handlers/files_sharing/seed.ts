import { inPlace, SeedError } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import * as groups from '#world/accounts/groups.ts'
import { seededAccount } from '#world/accounts/seed.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { defineSeedMember } from '#world/seed.ts'
import * as shares from '#world/sharing/shares.ts'
import { PERMISSION, type ShareType, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** A share of a starting world. */
const shareSeedSchema = s.object({
  type: s.literal('user', 'group', 'link', 'email', 'team', 'remote', 'remoteGroup'),
  owner: s.described('whose file it is', s.string()),
  path: s.described("in the owner's files", s.string()),
  with: s.optional(
    s.described('the account, group, address, team (by its id) or federated id; links have none', s.string()),
  ),
  permissions: s.optional(
    s.described(
      'sum of 1 read, 2 update, 4 create, 8 delete, 16 share; default: everything, of a link reading',
      s.int(),
    ),
  ),
  expires: s.optional(
    s.described('the last day (`2026-12-31`), or a moment in ISO 8601; it may be over already', s.string()),
  ),
  password: s.optional(s.string()),
  token: s.optional(s.described("what a link's address ends with; default: a random one", s.string())),
  note: s.optional(s.string()),
  label: s.optional(s.string()),
  hideDownload: s.optional(s.bool()),
  attributes: s.optional(
    s.described(
      'what apps hang on it: `{ scope: permissions, key: download, value: false }`',
      s.list(s.object({ scope: s.string(), key: s.string(), value: s.json() })),
    ),
  ),
  accepted: s.optional(
    s.described("false: it waits to be accepted; default: as the recipients' settings say", s.bool()),
  ),
})
type ShareSeed = Infer<typeof shareSeedSchema>

export const seededShares = defineSeedMember({
  name: 'shares',
  schema: s.described('files of accounts, shared by link, with accounts, groups or addresses', s.list(shareSeedSchema)),
  after: ['users', 'groups', 'files', 'teams'],
  read: seedShares,
})

/** Share files of a starting world. The rules of the server hold, but for ends that are past already. */
function seedShares(world: World, list: readonly ShareSeed[]): void {
  list.forEach((seed, i) => {
    inPlace(i, () => seedShare(world, seed))
  })
}

function seedShare(world: World, seed: ShareSeed): void {
  const owner = seededAccount(world, seed.owner, 'owner')
  const entry = files.resolve(world, owner.id, seed.path)
  if (!entry)
    throw new SeedError(['path'], `${seed.owner} has no "${seed.path}". Name it under "files" of the same seed.`)
  const type: ShareType = TYPE[seed.type]
  if (type === TYPE.remote || type === TYPE.remoteGroup) {
    seedRemoteShare(world, entry, owner.id, seed)
    return
  }
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
    attributes: seed.attributes ?? null,
    mailSend: false,
  })
  if ('reason' in made) throw new SeedError([], `this share cannot be: ${made.reason}.`)
  finish(world, made.share, seed)
}

/** A share with another server, as if that had answered. */
function seedRemoteShare(world: World, entry: files.Entry, owner: string, seed: ShareSeed): void {
  const sharedWith = recipientOf(world, seed)
  const share = shares.insert(world, {
    type: TYPE[seed.type],
    sharedWith,
    sharedBy: owner,
    owner,
    nodeId: entry.node.id,
    itemType: files.isFolder(entry) ? 'folder' : 'file',
    target: `/${files.baseName(entry.path)}`,
    permissions: permissionsOf(world, seed, TYPE[seed.type], !files.isFolder(entry)),
    parent: null,
    token: shares.freeToken(world),
    password: null,
    passwordExpiresAt: null,
    passwordByTalk: false,
    expiresAt: null,
    note: seed.note ?? '',
    label: seed.label ?? '',
    hideDownload: false,
    mailSend: false,
    attributes: seed.attributes ?? null,
    accepted: true,
    createdAt: world.clock.seconds(),
  })
  finish(world, share, seed)
}

function recipientOf(world: World, seed: ShareSeed): string | null {
  if (seed.type === 'link') return null
  const wanted = seed.with
  if (wanted === undefined) throw new SeedError(['with'], 'this is missing: name the recipient.')
  if (seed.type === 'user' && !users.find(world, wanted))
    throw new SeedError(['with'], `there is no account "${wanted}".`)
  if (seed.type === 'group' && !groups.find(world, wanted))
    throw new SeedError(['with'], `there is no group "${wanted}".`)
  if (seed.type === 'team' && !isThere(world, { type: TYPE.team, sharedWith: wanted }))
    throw new SeedError(['with'], `there is no team "${wanted}". Name it, with its id, under "teams" of the same seed.`)
  return wanted
}

const isThere = (world: World, share: Pick<shares.Share, 'type' | 'sharedWith'>) =>
  shares.recipientName(world, share) !== share.sharedWith

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
