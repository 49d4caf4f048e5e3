import { pathOfAddress } from '#dav/address.ts'
import { allowedMethods } from '#dav/methods.ts'
import { type DavContext, encodePath, findOrNone } from '#dav/resource.ts'
import type { Answer, Call } from '#line/call.ts'
import { badRequest, methodNotAllowed, notFound } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import { nameProblem } from '#world/files/names.ts'
import type { Share } from '#world/sharing/shares.ts'
import * as shares from '#world/sharing/shares.ts'

/** Where a request to a file drop goes on, or what answers it at once. */
export type Dropped = { readonly path: string; readonly call: Call } | Answer

const MADE: Answer = { status: 201, headers: [['Content-type', 'text/html; charset=UTF-8']], body: '' }

/**
 * A folder in which others may put things and see nothing. Whatever is put gets a free name, folders on the way
 * are made, and those of a guest with a name lie in a folder of that name.
 * @param top the shared folder in its maker's files
 * @throws DavError 405 for everything else, 400 for names that no folder can have
 */
export function dropInto(dav: DavContext, share: Share, top: files.Entry, path: string): Dropped {
  const { call, world } = dav
  const isChunk = path.startsWith('uploads/')
  if (isChunk && call.method !== 'MOVE') return { path, call }
  if (call.method !== 'PUT' && call.method !== 'MKCOL' && !(isChunk && call.method === 'MOVE')) {
    // Of something below that cannot be seen, reading it does not say that it is there (Nextcloud 34.0.1, asked).
    if (['GET', 'HEAD'].includes(call.method) && !findOrNone(dav, path) && path.split('/').length > 2)
      throw notFound('')
    throw methodNotAllowed('Only PUT, MKCOL and MOVE are allowed on files drop', allowedMethods(dav, path))
  }
  const nickname = guestOf(dav, share)
  if (call.method === 'MKCOL') return MADE
  const target = isChunk ? pathOfAddress(dav, call.header('destination')) : path
  // The older address has no token in it, so nothing below it is ever found (Nextcloud 34.0.1, asked).
  const [, token, ...names] = target.split('/')
  if (token !== share.token) return { path: `files/${share.token}/`, call }
  const inside = nickname === '' ? names : [nickname, ...names]
  const free = freePlace(world, top, inside.filter(Boolean))
  const place = `files/${share.token}${free.slice(top.path.length)}`
  return isChunk ? { path, call: withDestination(call, dav.server.base + encodePath(place)) } : { path: place, call }
}

/** The guest's name, where one came or is needed. */
function guestOf({ call, world }: DavContext, share: Share): string {
  const header = call.header('x-nc-nickname')
  const nickname = decoded(header).trim()
  if (shares.attribute(share, 'fileRequest', 'enabled') === true && nickname === '')
    throw badRequest('A nickname header is required for file requests')
  if (nickname !== '' && (nickname.startsWith('.') || nameProblem(world, nickname)))
    throw badRequest(`Invalid nickname: ${nickname}`)
  return nickname
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** A path for a new file, after the folders on its way were made. */
function freePlace(world: DavContext['world'], top: files.Entry, names: readonly string[]): string {
  let folder = top.path
  for (const name of names.slice(0, -1)) folder = folderIn(world, top.userId, folder, name)
  return files.joinPath(folder, files.freeName(world, top.userId, folder, names.at(-1) ?? ''))
}

/** The folder of a name, or one with a number where a file has that name. */
function folderIn(world: DavContext['world'], userId: string, folder: string, name: string): string {
  const path = files.joinPath(folder, name)
  const known = files.resolve(world, userId, path)
  if (known && files.isFolder(known)) return path
  const parent = files.resolve(world, userId, folder)
  const numbered = (other: string) => other.startsWith(name) && /^ \(\d+\)$/.test(other.slice(name.length))
  const like =
    known &&
    parent &&
    files.list(world, parent).find((one) => files.isFolder(one) && numbered(files.baseName(one.path)))
  if (like) return like.path
  const made = files.joinPath(folder, known ? files.freeName(world, userId, folder, name) : name)
  files.makeFolder(world, userId, made)
  return made
}

const withDestination = (call: Call, destination: string): Call => ({
  ...call,
  header: (name) => (name === 'destination' ? destination : call.header(name)),
  body: () => call.body(),
})
