import type { OcsApp } from '#app/define-app.ts'
import { operationsOf } from '#app/operations.ts'
import type { OcsMock } from '#mock.ts'
import { VERSION } from '#version.ts'
import { groupsTable } from '#world/accounts/groups.ts'
import { tokensTable } from '#world/accounts/tokens.ts'
import { usersTable } from '#world/accounts/users.ts'
import type { TableKey } from '#world/define-table.ts'
import { exAppsTable } from '#world/exapps/exapps.ts'
import { nodesTable } from '#world/files/tree.ts'
import { notificationsTable } from '#world/notices/notifications.ts'
import * as apps from '#world/settings/apps.ts'
import { sharesTable } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

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
export function summaryOf({ world, profile, journal, apps: own }: OcsMock) {
  return {
    version: VERSION,
    profile: profile.id,
    product: `${profile.productName} ${profile.versionString}`,
    requests: journal.count,
    counts: Object.fromEntries(Object.entries(COUNTED).map(([name, key]) => [name, world.table(key).size])),
    apps: { enabled: apps.enabled(world), disabled: apps.disabled(world) },
    ownApps: own.map((app) => ownAppIn(world, app)),
  }
}

/** An app of one's own: what it answers, and how many records it keeps. */
function ownAppIn(world: World, { id, info, endpoints, routes, contributions }: OcsApp) {
  const { name = id, version } = info
  return {
    id,
    name,
    version,
    enabled: apps.isEnabled(world, id),
    operations: operationsOf({ endpoints, routes }).flatMap(({ methods, path }) =>
      methods.map((method) => `${method} ${path}`),
    ),
    tables: Object.fromEntries((contributions.tables ?? []).map((table) => [table.name, world.table(table).size])),
  }
}
