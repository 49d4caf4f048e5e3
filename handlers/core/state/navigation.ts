import { defineProfileData, type NavigationContext, type NavigationEntry } from '#app/index.ts'
import { type Json, membersOf, parseJson } from '#lib/json.ts'
import type { PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import type { ContributionSource } from '#line/contributions.ts'
import { isEnabledFor } from '#world/settings/apps.ts'
import { getSystemString, getUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** An entry as menus list it. */
export type MenuEntry = PhpArray & {
  readonly id: string
  readonly order: number | string
  readonly href: string
  readonly icon: string
  readonly type: 'link' | 'settings'
}

/** The entries of all apps of the release. */
export const navigationEntries =
  defineProfileData<readonly (NavigationEntry & { readonly app: string })[]>('navigation')

/** Whose menus are looked at, and what apps bring to them. */
export interface Menus extends NavigationContext {
  readonly catalogue: ContributionSource
}

interface AppEntry {
  readonly app: string
  readonly entry: NavigationEntry
}

/** Entries of the apps that are enabled for an account: the profile's, those that apps bring, and those that are computed. */
export async function menuEntries({ world, profile, me, catalogue }: Menus): Promise<MenuEntry[]> {
  const written = navigationEntries.of(profile)
  const released = written.map(({ app, ...entry }): AppEntry => ({ app, entry: { ...entry, ...appOf(app, entry) } }))
  const brought: AppEntry[] = []
  const computed: AppEntry[] = []
  for (const { app, contribution, profile: own } of await catalogue.gather('navigation')) {
    if (!isEnabledFor(world, app, me)) continue
    const { entries } = contribution
    if (typeof entries === 'function')
      computed.push(...entries({ world, profile: own, me }).map((entry) => ({ app, entry })))
    else brought.push(...entries.map((entry) => ({ app, entry })))
  }
  return [...computed, ...released, ...brought]
    .filter(({ app }) => isEnabledFor(world, app, me))
    .map((one) => complete(world, one, me))
}

/** Only entries of the menu of apps say whose they are. */
const appOf = (app: string, { type = 'link' }: NavigationEntry) => (type === 'link' ? { app } : {})

/** Where entries stand whose app does not say it. */
const LATE = 100

/** The entry with what its app left out; members keep the order in which the app wrote them. */
function complete(world: World, { app, entry }: AppEntry, userId: string): MenuEntry {
  const { icon = '', type = 'link', order = LATE } = entry
  const whole = { ...entry, active: false, unread: 0, icon, classes: '', type }
  return type === 'link'
    ? {
        ...whole,
        app: entry.app ?? app,
        order: ARRANGES.at(world.release) ? orderOf(world, entry.id, order, userId) : order,
      }
    : { ...whole, order }
}

/** Whether accounts can put the menu in an order of their own, for which orders are numbers. */
const ARRANGES = byRelease(false, { 32: true })

/** Where an account put an entry, or where its app did. */
function orderOf(world: World, id: string, order: number | string, userId: string): number {
  return Math.trunc(Number(ownOrder(world, userId)[id]?.order ?? order))
}

interface OwnPlace {
  readonly order: Json | undefined
  readonly app: string | null
}

/** Somebody else may have written anything into the setting. */
function ownOrder(world: World, userId: string): Readonly<Record<string, OwnPlace>> {
  const stored = membersOf(parseJson(getUser(world, userId, 'core', 'apporder', '[]')))
  const places = Object.entries(stored).map(([id, place]) => {
    const { order, app } = membersOf(place)
    return [id, { order, app: typeof app === 'string' ? app : null }] as const
  })
  return Object.fromEntries(places)
}

const listed = (text: string) => text.split(',').filter((id) => id !== '')

/** The entry that the account or the administrator chose to open first; `''`: nobody chose one that is there. */
export function chosenDefault(world: World, entries: readonly MenuEntry[], userId: string): string {
  const isThere = (wanted: string) => entries.some(({ id }) => id === wanted)
  const system = listed(getSystemString(world, 'defaultapp', '')).filter(isThere)
  const wanted = [...listed(getUser(world, userId, 'core', 'defaultapp')), ...system]
  return wanted.find(isThere) ?? ''
}

/** The entry that is opened after a login: the chosen one, the first of the own order, the dashboard, or files. */
export function defaultEntry(world: World, entries: readonly MenuEntry[], userId: string): MenuEntry | undefined {
  const entryOf = (wanted: string) => entries.find(({ id }) => id === wanted)
  const chosen = chosenDefault(world, entries, userId)
  if (chosen !== '') return entryOf(chosen)
  const own = Object.values(ownOrder(world, userId))
    .sort((a, b) => Number(a.order) - Number(b.order))
    .flatMap(({ app }) => (app === null ? [] : [app]))
  return (own.length > 0 ? own : ['dashboard', 'files']).map(entryOf).find(Boolean) ?? entryOf('files')
}
