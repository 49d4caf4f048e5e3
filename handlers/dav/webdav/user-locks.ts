import type { DavContext } from '#dav/resource.ts'
import { d, element, nc, writeXml, type XmlElement } from '#dav/xml.ts'
import { toInt } from '#lib/php.ts'
import type { Answer } from '#line/call.ts'
import { clientHint } from '#line/client.ts'
import { unexpected } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import * as locks from '#world/files/locks.ts'

/** The kind of lock that a client of the product asks for. */
const typeOf = ({ call }: DavContext): number => toInt(call.header('x-user-lock-type') || '0')

/** @throws DavError 500 for what is not there, and for everything at the older address */
function entryOf(dav: DavContext, path: string): files.Entry {
  const [kind, userId, ...names] = path.split('/')
  const isHere = dav.server.full && kind === 'files' && userId === dav.userId
  const entry = isHere ? files.resolve(dav.world, dav.userId, `/${names.join('/')}`) : undefined
  if (entry) return entry
  throw unexpected('OCP\\Files\\NotFoundException', isHere ? `/${userId}/files/${names.join('/')}` : '')
}

/** LOCK with `X-User-Lock`: for the account, not for a token. */
export function lockForAccount(dav: DavContext, path: string): Answer {
  const entry = entryOf(dav, path)
  const locked = locks.lock(dav.world, entry, dav.userId, typeOf(dav), clientHint(dav.call))
  if (locked === 'not-writable')
    throw unexpected(
      'OCA\\FilesLock\\Exceptions\\UnauthorizedUnlockException',
      'File can only be locked with update permissions.',
    )
  return 'lock' in locked ? answer(dav, 200, entry, locked.lock) : answer(dav, 423, entry, locked.heldBy)
}

/** UNLOCK with `X-User-Lock`. */
export function unlockForAccount(dav: DavContext, path: string): Answer {
  const entry = entryOf(dav, path)
  const known = locks.find(dav.world, entry.node.id)
  if (!known) return answer(dav, 412, entry)
  if (!locks.mayUnlock(known, entry, { owner: dav.userId, type: typeOf(dav) })) return answer(dav, 423, entry, known)
  locks.unlock(dav.world, known)
  return answer(dav, 200, entry)
}

function answer(dav: DavContext, status: number, { node }: files.Entry, lock?: locks.FileLock): Answer {
  const { etag } = files.find(dav.world, node.id)!
  const property = (name: string, value: string | number | undefined): XmlElement =>
    value === undefined ? element(nc(name)) : element(nc(name), String(value))
  const content = [
    element(d('getetag'), etag),
    property('lock', lock ? '1' : ''),
    property('lock-owner-type', lock?.type),
    property('lock-owner', lock?.userId),
    property('lock-owner-displayname', lock && locks.holderName(dav.world, lock)),
    property('lock-owner-editor', lock?.userId),
    property('lock-time', lock?.createdAt),
    property('lock-timeout', lock?.timeout),
    property('lock-token', lock?.token),
  ]
  return {
    status,
    headers: [['Content-Type', 'application/xml; charset=utf-8']],
    body: writeXml(element(d('prop'), content), dav.server.namespaces, ' '),
  }
}
