import type { PropertyValue } from '#dav/multistatus.ts'
import { type DavContext, encodePath } from '#dav/resource.ts'
import { d, element, nc, type XmlElement } from '#dav/xml.ts'
import type { Entry } from '#world/files/files.ts'
import * as locks from '#world/files/locks.ts'

type LockProperty = (dav: DavContext, lock: locks.FileLock) => PropertyValue | undefined

const LOCK_PROPERTIES: ReadonlyMap<string, LockProperty> = new Map<string, LockProperty>([
  [nc('lock'), () => true],
  [nc('lock-owner'), (_, { type, userId }) => (type === locks.LOCK.app ? undefined : userId)],
  [nc('lock-owner-displayname'), ({ world }, lock) => locks.holderName(world, lock)],
  [nc('lock-owner-type'), (_, { type }) => type],
  [nc('lock-owner-editor'), (_, { type, userId }) => (type === locks.LOCK.app ? userId : undefined)],
  [nc('lock-time'), (_, { createdAt }) => createdAt],
  [nc('lock-timeout'), (_, { timeout }) => timeout],
  [nc('lock-token'), (_, { token }) => token],
])

export const isLockProperty = (name: string): boolean => LOCK_PROPERTIES.has(name)

/**
 * What a file's lock says.
 * @param depth the request's `Depth`, where it is about the folder itself: with any but 0 it says nothing of its lock
 */
export function lockProperty(dav: DavContext, entry: Entry, name: string, depth: string): PropertyValue | undefined {
  if (!locks.isOn(dav.world) || (entry.node.type === 'folder' && depth !== '0')) return undefined
  const lock = locks.find(dav.world, entry.node.id)
  if (!lock) return name === nc('lock') ? false : undefined
  return LOCK_PROPERTIES.get(name)!(dav, lock)
}

/** The lock that holds somebody back; an account's own lock holds it back from nothing. */
export function foreignLock(dav: DavContext, entry: Entry): locks.FileLock | undefined {
  const lock = locks.find(dav.world, entry.node.id)
  return lock?.type === locks.LOCK.user && lock.userId === dav.userId ? undefined : lock
}

/** What `d:lockdiscovery` says of a file. Nobody who is not logged in learns of a lock that way. */
export function lockDiscovery(dav: DavContext, entry: Entry, path: string): XmlElement[] {
  const lock = dav.server.public ? undefined : foreignLock(dav, entry)
  return lock ? [activeLock(dav, { ...lock, scope: 'exclusive', depth: '1', path })] : []
}

export interface ActiveLock {
  readonly token: string
  readonly timeout: number | null
  readonly displayName: string
  readonly scope: string
  readonly depth: string
  readonly path: string
}

export function activeLock({ server }: DavContext, shown: ActiveLock): XmlElement {
  const { token, timeout, displayName, scope, depth, path } = shown
  return element(d('activelock'), [
    element(d('lockscope'), [element(d(scope))]),
    element(d('locktype'), [element(d('write'))]),
    element(d('lockroot'), [element(d('href'), server.base + encodePath(path))]),
    element(d('depth'), depth),
    element(d('timeout'), timeout === ENDLESS ? 'Infinite' : `Second-${timeout ?? ''}`),
    element(d('locktoken'), [element(d('href'), `opaquelocktoken:${token}`)]),
    ...(displayName === '' ? [] : [element(d('owner'), ownerOf(displayName))]),
  ])
}

/** A lock that was asked to last for ever. */
export const ENDLESS = -1

/** The owner of a lock is whatever its maker wrote: a text, or an element with one. */
function ownerOf(text: string): string | XmlElement[] {
  const match = /^<\w+:([\w-]+) xmlns:\w+="([^"<]+)">([^<]*)<\/\w+:[\w-]+>$/.exec(text)
  return match ? [element(`{${match[2]}}${match[1]}`, match[3]!)] : text
}
