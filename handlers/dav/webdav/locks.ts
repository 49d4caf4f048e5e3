import { pathOfAddress } from '#dav/address.ts'
import { childOf, type ReadElement, readXml } from '#dav/read-xml.ts'
import { type DavContext, findOrNone, lastName, parentPath } from '#dav/resource.ts'
import { d, element, splitName, writeXml } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, conflictingLock, fileLocked, lockedBy, notImplemented, unexpected } from '#line/dav-exit.ts'
import type * as files from '#world/files/files.ts'
import * as locks from '#world/files/locks.ts'
import { FileResource } from './files.ts'
import { activeLock, ENDLESS, foreignLock } from './lock-properties.ts'
import type { ServerKind } from './server.ts'
import { lockForAccount, unlockForAccount } from './user-locks.ts'

const NOBODY = 'There was no plugin in the system that was willing to handle this'

/** The file or folder of an account at a path, if there is one. */
function entryAt(dav: DavContext, path: string): files.Entry | undefined {
  const found = findOrNone(dav, path)
  return found instanceof FileResource ? found.entry : undefined
}

/** What of a request changes files: their paths. */
function changedPaths(dav: DavContext, path: string): string[] {
  const destination = dav.call.header('destination')
  const target = () => (destination === '' ? [] : [pathOfAddress(dav, destination)])
  switch (dav.call.method) {
    case 'DELETE':
    case 'PUT':
    case 'PROPPATCH':
    case 'MKCOL':
      return [path]
    case 'MOVE':
      return [path, ...target()]
    case 'COPY':
      return target()
    default:
      return []
  }
}

/** The tokens in an `If` header. */
const submitted = (dav: DavContext): string[] =>
  [...dav.call.header('if').matchAll(/<opaquelocktoken:([^>]*)>/g)].map(([, token]) => token!)

/**
 * Whether a lock forbids a request. Whoever sends its token may go on; folders above are not looked at.
 * @throws DavError 423
 */
function checkLocks(dav: DavContext, path: string): void {
  if (!locks.isOn(dav.world)) return
  for (const changed of changedPaths(dav, path)) {
    const entry = entryAt(dav, changed)
    const lock = entry && foreignLock(dav, entry)
    if (!lock || submitted(dav).includes(lock.token)) continue
    if (!dav.server.public) throw lockedBy(changed)
    // Of those who are not logged in, the storage knows, and it does not know tokens.
    if (lock.type !== locks.LOCK.token) throw fileLocked(`files${entry.path}`, lock.token)
  }
}

/** The tokens by which a file can be addressed in an `If` header. */
function tokensAt(dav: DavContext, path: string): string[] {
  const entry = entryAt(dav, path)
  const lock = entry && foreignLock(dav, entry)
  return lock ? [`opaquelocktoken:${lock.token}`] : []
}

/** LOCK: for whoever knows the token that comes with the answer, or for the account that asks. */
async function lock(dav: DavContext, path: string): Promise<Answer> {
  if (!locks.isOn(dav.world)) throw notImplemented(`${NOBODY} LOCK method.`)
  if (dav.call.header('x-user-lock') !== '') return lockForAccount(dav, path)
  const entry = entryAt(dav, path)
  const known = entry && foreignLock(dav, entry)
  const body = new TextDecoder().decode(await dav.call.body())
  if (body === '' && !known) throw badRequest('An xml body is required for lock requests')
  if (body !== '' && known) throw conflictingLock(path)
  if (known && !submitted(dav).includes(known.token)) throw lockedBy(path)
  const timeout = readTimeout(dav.call.header('timeout'))
  if (known) return answer(dav, path, refresh(dav, known, timeout), { timeout: timeout ?? known.timeout })
  const lockInfo = readLockInfo(readXml(body))
  if (dav.server.public) throw unexpected('OCP\\Session\\Exceptions\\SessionNotAvailableException', '')
  const { entry: target, headers } = entry ? { entry, headers: [] } : await createEmpty(dav, path)
  const token = locks.uuid(dav.world)
  const held = target && locks.lock(dav.world, target, token, locks.LOCK.token)
  if (held === 'not-writable')
    throw unexpected(
      'OCA\\FilesLock\\Exceptions\\UnauthorizedUnlockException',
      'File can only be locked with update permissions.',
    )
  if (held && 'lock' in held) {
    const { owner: displayName } = lockInfo
    locks.put(dav.world, { ...held.lock, userId: dav.userId, token, displayName, timeout: timeout ?? 0 })
  }
  const depth = dav.call.header('depth') === '0' ? '0' : dav.call.header('depth') === '1' ? '1' : 'infinity'
  const made = { token, displayName: lockInfo.owner }
  const response = answer(dav, path, made, { timeout, scope: lockInfo.scope, depth })
  return entry || !target ? response : { ...response, status: 201, headers: [...headers, ...response.headers] }
}

function refresh({ world }: DavContext, known: locks.FileLock, timeout: number | null): locks.FileLock {
  return timeout === null ? known : locks.put(world, { ...known, timeout })
}

/** A lock on nothing makes an empty file. */
async function createEmpty(dav: DavContext, path: string) {
  if (findOrNone(dav, path)) return { entry: undefined, headers: [] }
  const parent = dav.server.find(dav, parentPath(path))
  const made = (await parent.createFile?.(lastName(path), new Uint8Array(0))) ?? []
  return { entry: entryAt(dav, path), headers: made.filter(([name]) => name === 'OC-FileId') }
}

function answer(
  dav: DavContext,
  path: string,
  { token, displayName }: Pick<locks.FileLock, 'token' | 'displayName'>,
  { timeout, scope = 'exclusive', depth = '1' }: { timeout: number | null; scope?: string; depth?: string },
): Answer {
  const shown = activeLock(dav, { token, displayName, timeout, scope, depth, path })
  const body = writeXml(element(d('prop'), [element(d('lockdiscovery'), [shown])]), dav.server.namespaces, ' ')
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/xml; charset=utf-8'],
      ['Lock-Token', `<opaquelocktoken:${token}>`],
    ],
    body,
  }
}

/** Seconds of a `Timeout` header; `null`: it says nothing. */
function readTimeout(header: string): number | null {
  const text = header.toLowerCase()
  if (text === '') return null
  if (text.startsWith('second-')) return Number.parseInt(text.slice(7), 10) || 0
  if (text.startsWith('infinite')) return ENDLESS
  throw badRequest('Invalid HTTP timeout header')
}

function readLockInfo(root: ReadElement): { scope: string; owner: string } {
  if (root.name !== d('lockinfo'))
    throw unexpected(
      'Sabre\\Xml\\ParseException',
      `Expected {DAV:}lockinfo but received ${root.name} as the root element`,
    )
  const scope = childOf(root, d('lockscope'))
  const owner = childOf(root, d('owner'))
  return { scope: scope && childOf(scope, d('shared')) ? 'shared' : 'exclusive', owner: owner ? textOf(owner) : '' }
}

/** What is in an element, as a text: of elements in it the first. */
function textOf({ children: [first], text }: ReadElement): string {
  if (!first) return text
  const [namespace, local] = splitName(first.name)
  const prefix = namespace === 'DAV:' ? 'd' : 'x1'
  return `<${prefix}:${local} xmlns:${prefix}="${namespace}">${first.text}</${prefix}:${local}>`
}

/** UNLOCK. A token that is not the lock's gets an answer without a word (Nextcloud 34.0.1, asked). */
function unlock(dav: DavContext, path: string): Answer {
  if (!locks.isOn(dav.world)) throw notImplemented(`${NOBODY} UNLOCK method.`)
  if (dav.call.header('x-user-lock') !== '') return unlockForAccount(dav, path)
  const token = dav.call.header('lock-token')
  if (token === '') throw badRequest('No lock token was supplied')
  const entry = entryAt(dav, path)
  const known = entry && foreignLock(dav, entry)
  const plain = [['Content-type', 'text/html; charset=UTF-8']] as const
  if (!known || token.replace(/^<|>$/g, '') !== `opaquelocktoken:${known.token}`)
    return { status: 500, headers: plain, body: '' }
  locks.unlock(dav.world, known)
  return { status: 204, headers: [['Content-Length', '0'], ...plain], body: '' }
}

/** What a server has that locks. */
export const locking = {
  methods: { LOCK: lock, UNLOCK: unlock },
  checkLocks,
  lockTokens: tokensAt,
} satisfies Partial<ServerKind>
