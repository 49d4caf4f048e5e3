import * as files from './files.ts'
import { tableKey, type World } from './world.ts'

/** An address that serves one file to whoever knows it, for a while. */
export interface DirectLink {
  readonly token: string
  /** Who made it: the file is served as long as this account reaches it. */
  readonly userId: string
  readonly fileId: number
  /** Seconds since 1970; it works in this second still. */
  readonly expiresAt: number
}

export const directLinksTable = tableKey<DirectLink>('directLinks')

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
