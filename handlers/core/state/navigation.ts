import { defineProfileData } from '#app/index.ts'
import { isAdmin } from '#world/accounts/groups.ts'
import * as exApps from '#world/exapps/exapps.ts'
import { ofEnabled } from '#world/exapps/registrations.ts'
import { isEnabledFor } from '#world/settings/apps.ts'
import { getSystemString, getUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** An entry that an app puts into a menu. */
export interface NavigationEntry {
  readonly app: string
  readonly id: string
  /** As the app wrote it down. */
  readonly order: number | string
  readonly href: string
  readonly icon: string
  readonly type: 'link' | 'settings'
  readonly name: string
}

/** The entries of all apps of the release. */
export const navigationEntries = defineProfileData<readonly NavigationEntry[]>('navigation')

/** Entries of the apps that are enabled for an account, in the order of their apps; those of ExApps come last. */
export function entriesOf(world: World, entries: readonly NavigationEntry[], userId: string): NavigationEntry[] {
  const all = isEnabledFor(world, exApps.APP, userId) ? [...entries, ...exAppEntries(world, userId)] : entries
  return all.filter(({ app }) => isEnabledFor(world, app, userId))
}

/** Where entries stand whose app does not say it. */
const LATE = 100

/** What enabled ExApps put into the menu, by app and name; some of it only administrators see. */
function exAppEntries(world: World, userId: string): NavigationEntry[] {
  return ofEnabled(world, 'top-menu')
    .filter(({ data }) => data.admin_required !== 1 || isAdmin(world, userId))
    .sort((a, b) => (`${a.exApp}/${a.data.name}` < `${b.exApp}/${b.data.name}` ? -1 : 1))
    .map(({ exApp, data }) => {
      const app = encodeURIComponent(exApp)
      const name = encodeURIComponent(String(data.name))
      return {
        app: exApps.APP,
        id: `${exApps.APP}_${exApp}_${data.name}`,
        order: LATE,
        href: `/index.php/apps/app_api/embedded/${app}/${name}`,
        icon: data.icon === '' ? '/apps/app_api/img/app.svg' : `/index.php/apps/app_api/proxy/${app}/${data.icon}`,
        type: 'link',
        name: String(data.display_name),
      }
    })
}

/** Where an account put an entry, or where its app did. */
export function orderOf(world: World, entry: NavigationEntry, userId: string): number {
  const own = ownOrder(world, userId)[entry.id]?.order
  return Math.trunc(Number(own ?? entry.order))
}

function ownOrder(world: World, userId: string): Record<string, { order?: unknown; app?: string }> {
  return JSON.parse(getUser(world, userId, 'core', 'apporder', '[]'))
}

const listed = (text: string) => text.split(',').filter((id) => id !== '')

/** The entry that the account or the administrator chose to open first; `''`: nobody chose one that is there. */
export function chosenDefault(world: World, ids: readonly string[], userId: string): string {
  const system = listed(getSystemString(world, 'defaultapp', '')).filter((id) => ids.includes(id))
  const wanted = [...listed(getUser(world, userId, 'core', 'defaultapp')), ...system]
  return wanted.find((id) => ids.includes(id)) ?? ''
}

/** The entry that is opened after a login: the chosen one, the first of the own order, the dashboard, or files. */
export function defaultEntry(world: World, entries: readonly NavigationEntry[], userId: string): string {
  const ids = entriesOf(world, entries, userId).map(({ id }) => id)
  const chosen = chosenDefault(world, ids, userId)
  if (chosen !== '') return chosen
  const own = Object.values(ownOrder(world, userId))
    .filter(({ app }) => app !== undefined)
    .sort((a, b) => Number(a.order) - Number(b.order))
    .map(({ app }) => app!)
  return (own.length > 0 ? own : ['dashboard', 'files']).find((id) => ids.includes(id)) ?? 'files'
}
