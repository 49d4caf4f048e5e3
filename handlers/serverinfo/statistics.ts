import * as users from '#world/accounts/users.ts'
import { storagesTable } from '#world/files/tree.ts'
import { getApp } from '#world/settings/config.ts'
import { externalSharesTable } from '#world/sharing/external-shares.ts'
import { sharesTable, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** Accounts that were there within so many seconds. */
export const activeSince = (world: World, seconds: number): number =>
  users.countSeenSince(world, world.clock.seconds() - seconds)

/** How many accounts and storages there are; files are counted by a job in the background, whose result is a setting. */
export function storageCounts(world: World) {
  const { all, homes, local } = world.derive('serverinfo.storages', [storagesTable], () => {
    const ids = [...world.table(storagesTable).keys()]
    const of = (kind: string) => ids.filter((id) => id.startsWith(`${kind}::`)).length
    return { all: ids.length, homes: of('home'), local: of('local') }
  })
  const counted = (what: string) => Math.trunc(Number(getApp(world, 'serverinfo', `cached_count_${what}`, '0')) || 0)
  return {
    seenAccounts: users.countSeenSince(world, 1),
    disabledAccounts: users.disabled(world).length,
    files: counted('filecache'),
    storages: counted('storages'),
    local,
    homes,
    other: all - homes - local,
    appdataBytes: Number(getApp(world, 'serverinfo', 'size_appdata_storage', '0')) || 0,
    appdataFiles: counted('appdata_files'),
  }
}

/** How many shares there are, and how many of each kind with each set of permissions. */
export function shareCounts(world: World) {
  const all = [...world.table(sharesTable).values()]
  const ofType = (type: number) => all.filter((share) => share.type === type)
  const groups = new Map<string, { type: number; permissions: number; count: number }>()
  for (const { type, permissions } of all) {
    const known = groups.get(`${type} ${permissions}`)
    groups.set(`${type} ${permissions}`, { type, permissions, count: (known?.count ?? 0) + 1 })
  }
  return {
    all: all.length,
    user: ofType(TYPE.user).length,
    group: ofType(TYPE.group).length,
    link: ofType(TYPE.link).length,
    email: ofType(TYPE.email).length,
    room: ofType(TYPE.room).length,
    linkWithoutPassword: ofType(TYPE.link).filter(({ password }) => password === null).length,
    sent: ofType(TYPE.remote).length,
    received: world.table(externalSharesTable).size,
    byPermissions: [...groups.values()].sort((a, b) => a.permissions - b.permissions || a.type - b.type),
  }
}
