import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import * as files from '#world/files/files.ts'
import type { World } from '#world/world.ts'

/** An address that serves one file to whoever knows it, for a while. */
export interface DirectLink {
  readonly token: string
  /** Who made it: the file is served as long as this account reaches it. */
  readonly userId: string
  readonly fileId: number
  /** Seconds since 1970; it works in this second still. */
  readonly expiresAt: number
}

export const directLinksTable = defineTable<DirectLink>('directLinks', {
  open: ['token'],
  record: s.object({ token: s.string(), userId: s.string(), fileId: s.int(), expiresAt: s.number() }),
})

const TOKEN_LENGTH = 60
/** Seconds. */
export const MAX_LIFETIME = 24 * 60 * 60

export type DirectLinkProblem = 'not-found' | 'bad-lifetime' | 'not-a-file'

/** Make a link to a file that an account reaches, for some seconds. */
export function create(world: World, userId: string, fileId: number, lifetime: number): DirectLink | DirectLinkProblem {
  const entry = files.entryOf(world, userId, fileId)
  if (!entry) return 'not-found'
  if (lifetime <= 0 || lifetime > MAX_LIFETIME) return 'bad-lifetime'
  if (files.isFolder(entry)) return 'not-a-file'
  const token = world.random.token(TOKEN_LENGTH)
  const link: DirectLink = { token, userId, fileId, expiresAt: world.clock.seconds() + lifetime }
  world.table(directLinksTable).set(token, link)
  return link
}

/** The file behind a token: `undefined` once the link ended, or the file or the access to it is gone. */
export function resolve(world: World, token: string): files.Entry | undefined {
  const link = world.table(directLinksTable).get(token)
  if (!link || link.expiresAt < world.clock.seconds()) return undefined
  return files.entryOf(world, link.userId, link.fileId)
}

/** Which direct links are meant; what is left out may be anything. */
export interface DirectLinkFilter {
  readonly account?: string | undefined
  /** Of the account that made the link. */
  readonly path?: string | undefined
  readonly token?: string | undefined
}

/** End links that still work. The answer is how many there were. */
export function expire(world: World, { account, path, token }: DirectLinkFilter = {}): number {
  const table = world.table(directLinksTable)
  const wanted = path === undefined ? undefined : files.normalize(path)
  const found = [...table.values()].filter(
    (link) =>
      link.expiresAt >= world.clock.seconds() &&
      (account === undefined || link.userId.toLowerCase() === account.toLowerCase()) &&
      (token === undefined || link.token === token) &&
      (wanted === undefined || files.entryOf(world, link.userId, link.fileId)?.path === wanted),
  )
  for (const link of found) table.patch(link.token, { expiresAt: world.clock.seconds() - 1 })
  return found.length
}
