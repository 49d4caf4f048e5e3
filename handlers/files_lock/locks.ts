import { defineEndpoint, p, s } from '#app/index.ts'
import { toInt } from '#lib/php.ts'
import { clientHint } from '#line/client.ts'
import * as files from '#world/files/files.ts'
import * as locks from '#world/files/locks.ts'
import type { World } from '#world/world.ts'

const path = '/apps/files_lock/lock/{fileId}'
const input = { lockType: p.int().default(0).describe('0: an account, 1: an app, 2: a token') }

const lockSchema = s.object({
  id: s.int(),
  uri: s.string(),
  userId: s.string(),
  displayName: s.nullable(s.string()),
  fileId: s.int(),
  token: s.secret(),
  // Seconds until it ends; -1: it does not.
  eta: s.int(),
  creation: s.int(),
  type: s.int(),
})
const failure = s.object({ status: s.int(), exception: s.string(), message: s.string() })

const format = (world: World, lock: locks.FileLock) => ({
  id: lock.id,
  uri: '',
  userId: lock.userId,
  // A holder without a name has none yet while the lock is new (Nextcloud 34.0.1, asked).
  displayName: lock.displayName === '' ? null : lock.displayName,
  fileId: lock.fileId,
  token: lock.token,
  eta: locks.remaining(world, lock),
  creation: lock.createdAt,
  type: lock.type,
})

const failed = (exception: string, message = '') => ({ status: -1, exception, message })
const NOT_FOUND = failed('OCP\\Files\\NotFoundException')
const NOT_WRITABLE = failed(
  'OCA\\FilesLock\\Exceptions\\UnauthorizedUnlockException',
  'File can only be locked with update permissions.',
)

export const lockFile = defineEndpoint({
  id: 'files_lock:PUT /apps/files_lock/lock/{fileId}',
  app: 'files_lock',
  method: 'PUT',
  path,
  access: 'user',
  summary: 'Lock a file, so that nobody else changes it',
  input,
  output: lockSchema,
  responses: { 500: failure },
  probe: { fileId: '0' },
  handle: ({ input, me, world, request, ok, respond, crash }) => {
    const entry = files.entryOf(world, me, toInt(input.fileId))
    if (!entry) return respond(500, NOT_FOUND, { message: '' })
    const locked = locks.lock(world, entry, me, input.lockType, clientHint(request))
    if (locked === 'not-writable') return respond(500, NOT_WRITABLE, { message: '' })
    // The real server means to say who holds it and breaks on the way (Nextcloud 34.0.1, asked).
    return 'heldBy' in locked ? crash() : ok(format(world, locked.lock))
  },
})

export const unlockFile = defineEndpoint({
  id: 'files_lock:DELETE /apps/files_lock/lock/{fileId}',
  app: 'files_lock',
  method: 'DELETE',
  path,
  access: 'user',
  summary: 'Take a lock away',
  input,
  output: s.empty(),
  responses: { 412: s.empty(), 423: lockSchema, 500: failure },
  probe: { fileId: '0' },
  handle: ({ input, me, world, request, ok, respond }) => {
    const fileId = toInt(input.fileId)
    const known = locks.find(world, fileId)
    if (!known) return respond(412, [], { message: 'File is not locked' })
    const entry = files.entryOf(world, me, fileId)
    if (!entry) return respond(500, NOT_FOUND, { message: '' })
    // Whatever kind is asked for, the lock of an account is meant (Nextcloud 34.0.1, asked).
    if (!locks.mayUnlock(known, entry, { owner: me, type: locks.LOCK.user })) {
      const holder = locks.holderName(world, { ...known, displayName: '' }, clientHint(request))
      const data = { ...format(world, known), displayName: known.displayName }
      return respond(423, data, { message: `File is currently locked by ${holder}` })
    }
    locks.unlock(world, known)
    return ok()
  },
})
