import { type Json, membersOf, parseJson } from '#lib/json.ts'
import { isNumeric, isPhpArray } from '#lib/php.ts'
import { isEnabled, isEnabledFor } from '#world/settings/apps.ts'
import { deleteUser, setUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** What an app says about a value that someone wants to keep: fine, not mine or not so, or it fails over it. */
type Verdict = 'valid' | 'refused' | 'broken'

interface Preference {
  /** The app that judges, which must be enabled. */
  readonly judge: string
  accepts(world: World, userId: string, value: string): Verdict
}

const check = (valid: boolean): Verdict => (valid ? 'valid' : 'refused')
const oneOf = (judge: string, ...values: string[]): Preference => ({
  judge,
  accepts: (_, __, value) => check(values.includes(value)),
})

/** All preferences that people may write by the API, by `app/key`. Everything else is refused. */
const PREFERENCES: Readonly<Record<string, Preference>> = {
  'core/apporder': { judge: 'theming', accepts: acceptsAppOrder },
  'dav/user_status_automation': oneOf('dav', 'yes'),
  'theming/force_enable_blur_filter': oneOf('theming', 'yes', 'no'),
  'theming/primary_color': {
    judge: 'theming',
    accepts: (_, __, value) => check(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value)),
  },
  'theming/shortcuts_disabled': oneOf('theming', 'yes'),
}

/** An object from ids of navigation entries to where they go, and perhaps the enabled app that they belong to. */
function acceptsAppOrder(world: World, userId: string, value: string): Verdict {
  const order = parseJson(value)
  if (order === undefined) return 'broken'
  if (!isPhpArray(order)) return 'refused'
  return (
    Object.entries(order)
      .map(([id, entry]) => acceptsEntry(world, userId, id, entry))
      .find((verdict) => verdict !== 'valid') ?? 'valid'
  )
}

function acceptsEntry(world: World, userId: string, id: string, entry: Json): Verdict {
  if (/^\d+$/.test(id) || !isPhpArray(entry)) return 'refused'
  const { order, app } = membersOf(entry)
  if (!isNumeric(order)) return 'refused'
  if (app === undefined || app === null) return 'valid'
  return check(isEnabledFor(world, String(app), userId))
}

function find(world: World, app: string, key: string): Preference | undefined {
  const name = `${app}/${key}`
  const known = Object.hasOwn(PREFERENCES, name) ? PREFERENCES[name] : undefined
  return known && isEnabled(world, known.judge) ? known : undefined
}

/** Keep some preferences of one app: all of them or none. */
export function set(
  world: World,
  userId: string,
  app: string,
  values: Readonly<Record<string, string>>,
): 'set' | Exclude<Verdict, 'valid'> {
  for (const [key, value] of Object.entries(values)) {
    const verdict = find(world, app, key)?.accepts(world, userId, value) ?? 'refused'
    if (verdict !== 'valid') return verdict
  }
  for (const [key, value] of Object.entries(values)) setUser(world, userId, app, key, value)
  return 'set'
}

/** Forget some preferences of one app, there or not: all of them or none. */
export function remove(world: World, userId: string, app: string, keys: readonly string[]): 'removed' | 'refused' {
  if (!keys.every((key) => find(world, app, key))) return 'refused'
  for (const key of keys) deleteUser(world, userId, app, key)
  return 'removed'
}
