import { defineEndpoint, p, s } from '#app/index.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { defineTable } from '#world/define-table.ts'
import { setApp } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const APP = 'privacy'
const BASE = '/apps/privacy/api/v1'

/** People without an account who can read what is stored, by id. */
export const privacyAdmins = defineTable<{ readonly id: number; readonly displayName: string }>('privacyAdmins', {
  sequence: 'privacyAdmin',
  record: s.object({ id: s.int(), displayName: s.string() }),
})

const admin = s.object({ id: s.union(s.string(), s.int()), displayname: s.string(), internal: s.bool() })

function internalAdmins(world: World) {
  return groups.members(world, 'admin').flatMap((userId) => {
    const user = users.find(world, userId)
    return user?.enabled ? [{ id: user.id, displayname: user.displayName, internal: true }] : []
  })
}

export const getAdmins = defineEndpoint({
  id: 'privacy-personal-get-admins',
  app: APP,
  method: 'GET',
  path: `${BASE}/admins`,
  since: 34,
  access: 'user',
  summary: 'Who can read what is stored: administrators, and others whom they named',
  output: s.list(admin),
  handle: ({ world, ok }) =>
    ok([
      ...internalAdmins(world),
      ...[...world.table(privacyAdmins).values()].map(({ id, displayName }) => ({
        id,
        displayname: displayName,
        internal: false,
      })),
    ]),
})

export const addAdditionalAdmin = defineEndpoint({
  id: 'privacy-admin-add-additional-admin',
  app: APP,
  method: 'POST',
  path: `${BASE}/admins`,
  since: 34,
  access: 'admin',
  summary: 'Name somebody without an account who can read what is stored',
  input: { displayName: p.string() },
  output: admin,
  handle: ({ input: { displayName }, world, respond }) => {
    const id = world.nextId('privacyAdmin')
    world.table(privacyAdmins).set(String(id), { id, displayName })
    return respond(201, { id, displayname: displayName, internal: false })
  },
})

export const deleteAdditionalAdmin = defineEndpoint({
  id: 'privacy-admin-delete-additional-admin',
  app: APP,
  method: 'DELETE',
  path: `${BASE}/admins/{id}`,
  since: 34,
  access: 'admin',
  summary: 'Take a name back; an unknown one is no failure',
  input: { id: p.int() },
  output: s.empty(),
  probe: { id: '999999' },
  handle: ({ input: { id }, world, ok }) => {
    world.table(privacyAdmins).delete(String(id))
    return ok()
  },
})

export const setReadableLocation = defineEndpoint({
  id: 'privacy-admin-set-readable-location',
  app: APP,
  method: 'POST',
  path: `${BASE}/location`,
  since: 34,
  access: 'admin',
  summary: 'Say in which country the server stands',
  input: { code: p.string() },
  output: s.empty(),
  handle: ({ input: { code }, world, ok }) => {
    setApp(world, APP, 'readableLocation', code, { type: 'string' })
    return ok()
  },
})

export const setFullDiskEncryption = defineEndpoint({
  id: 'privacy-admin-set-full-disk-encryption',
  app: APP,
  method: 'POST',
  path: `${BASE}/fullDiskEncryption`,
  since: 34,
  access: 'admin',
  summary: 'Say whether the disks of the server are encrypted',
  input: { enabled: p.string().oneOf('0', '1') },
  output: s.empty(),
  failures: { 400: 'Value must be 0 or 1' },
  handle: ({ input: { enabled }, world, ok, fail }) => {
    if (enabled !== '0' && enabled !== '1') return fail(400)
    setApp(world, APP, 'fullDiskEncryptionEnabled', enabled, { type: 'boolean' })
    return ok()
  },
})
