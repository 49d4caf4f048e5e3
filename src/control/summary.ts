import type { OcsMock } from '../mock.ts'
import { VERSION } from '../version.ts'
import * as apps from '../world/apps.ts'
import { exAppsTable } from '../world/exapps.ts'
import { nodesTable } from '../world/file-tree.ts'
import { groupsTable } from '../world/groups.ts'
import { notificationsTable } from '../world/notifications.ts'
import { sharesTable } from '../world/shares.ts'
import { tokensTable } from '../world/tokens.ts'
import { usersTable } from '../world/users.ts'
import type { TableKey } from '../world/world.ts'

const COUNTED: Readonly<Record<string, TableKey<unknown>>> = {
  accounts: usersTable,
  groups: groupsTable,
  files: nodesTable,
  shares: sharesTable,
  notifications: notificationsTable,
  tokens: tokensTable,
  exApps: exAppsTable,
}

/** A mock in numbers. */
export function summaryOf({ world, profile, journal }: OcsMock) {
  return {
    version: VERSION,
    profile: profile.id,
    product: `${profile.productName} ${profile.versionString}`,
    requests: journal.count,
    counts: Object.fromEntries(Object.entries(COUNTED).map(([name, key]) => [name, world.table(key).size])),
    apps: { enabled: apps.enabled(world), disabled: apps.disabled(world) },
  }
}
