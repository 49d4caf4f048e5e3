import { tableKey, type World } from './world.ts'

/** Whether an app of the profile is enabled: `yes`, `no`, or a JSON list of group ids. */
export const appsTable = tableKey<{ readonly enabled: string }>('apps')

export function isEnabled(world: World, app: string): boolean {
  if (app === 'core') return true
  const found = world.table(appsTable).get(app)
  return found !== undefined && found.enabled !== 'no'
}
