import * as users from '#world/accounts/users.ts'
import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { keptPreferences } from './kept-preferences.ts'

/** A preference that is kept in the account itself. */
interface View {
  read(user: users.User): string | null
  write(world: World, user: users.User, value: string): void
  remove(world: World, user: users.User): void
}

const textView = (member: 'language' | 'locale' | 'timezone' | 'firstDayOfWeek'): View => ({
  read: (user) => user[member] || null,
  write: (world, user, value) => users.patch(world, user.id, { [member]: value }),
  remove: (world, user) => users.patch(world, user.id, { [member]: '' }),
})

const loginView = (member: 'firstLogin' | 'lastLogin'): View => ({
  read: (user) => (user[member] === 0 ? null : String(user[member])),
  write: (world, user, value) => users.patch(world, user.id, { [member]: Number.parseInt(value, 10) || 0 }),
  remove: (world, user) => users.patch(world, user.id, { [member]: 0 }),
})

/** By `app/key`, as the real server keeps them among the preferences. */
const VIEWS: Readonly<Record<string, View>> = {
  'core/enabled': {
    // Who was never disabled has no such preference.
    read: (user) => (user.enabled ? (user.disabledOrder === 0 ? null : 'true') : 'false'),
    write: (world, user, value) => users.setEnabled(world, user, value !== 'false'),
    remove: (world, user) => users.setEnabled(world, user, true),
  },
  'core/lang': textView('language'),
  'core/locale': textView('locale'),
  'core/timezone': textView('timezone'),
  'core/first_day_of_week': textView('firstDayOfWeek'),
  'files/quota': {
    read: (user) => (user.quota === 'default' ? null : user.quota),
    write: (world, user, value) => users.patch(world, user.id, { quota: value }),
    remove: (world, user) => users.patch(world, user.id, { quota: 'default' }),
  },
  'login/lastLogin': loginView('lastLogin'),
  'login/firstLogin': loginView('firstLogin'),
  'settings/email': {
    read: (user) => user.email,
    write: users.setEmail,
    remove: (world, user) => users.setEmail(world, user, ''),
  },
  'settings/manager': {
    read: (user) => (user.managers.length === 0 ? null : JSON.stringify(user.managers)),
    write: (world, user, value) => users.patch(world, user.id, { managers: listOf(value) }),
    remove: (world, user) => users.patch(world, user.id, { managers: [] }),
  },
}

function listOf(json: string): string[] {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value.map(String) : []
  } catch {
    return []
  }
}

const viewOf = (app: string, key: string) =>
  Object.hasOwn(VIEWS, `${app}/${key}`) ? VIEWS[`${app}/${key}`] : undefined

/** A preference of an account or of an id without one; `null`: not set. */
export function read(world: World, userId: string, app: string, key: string): string | null {
  const user = users.find(world, userId)
  const view = viewOf(app, key)
  if (user && view) return view.read(user)
  const kept = user && keptPreferences(world, user).find((one) => one.app === app && one.key === key)
  return config.getUserOrNull(world, userId, app, key) ?? kept?.value ?? null
}

export function write(world: World, userId: string, app: string, key: string, value: string): void {
  const user = users.find(world, userId)
  const view = viewOf(app, key)
  if (user && view) view.write(world, user, value)
  else config.setUser(world, userId, app, key, value)
}

export function remove(world: World, userId: string, app: string, key: string): void {
  const user = users.find(world, userId)
  const view = viewOf(app, key)
  if (user && view) view.remove(world, user)
  else config.deleteUser(world, userId, app, key)
}

/** All preferences of an account or of an id without one, by app and key, sorted by app. */
export function all(world: World, userId: string): Record<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>()
  const add = (app: string, key: string, value: string) => found.set(app, { ...found.get(app), [key]: value })
  const user = users.find(world, userId)
  for (const [name, view] of Object.entries(VIEWS)) {
    const value = user ? view.read(user) : null
    const [app, key] = name.split('/')
    if (value !== null) add(app!, key!, value)
  }
  for (const { app, key, value } of user ? keptPreferences(world, user) : []) add(app, key, value)
  for (const { app, key, value } of config.userValues(world, userId)) add(app, key, value)
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}
