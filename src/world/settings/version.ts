import { UserError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** A version as a server tells it. */
export interface ServerVersion {
  /** `34.0.1` */
  readonly versionString: string
  /** `34.0.1.2` */
  readonly version: readonly number[]
}

/** What a server says instead of the version of its profile, if anything. What it answers stays that of the profile. */
export const versionTable = defineTable<ServerVersion>('version', {
  record: s.object({ versionString: s.string(), version: s.list(s.int()) }),
})
const KEY = 'server'

/** Three or four numbers, and what follows them, as in `34.0.2 RC1`. */
const FORM = /^(\d+)\.(\d+)\.(\d+)(?:\.(\d+))?( .+)?$/

/**
 * From now on the server says that it is of this version.
 * @param text `34.0.2`, `34.0.2.1` or `34.0.2 RC1`
 * @throws UserError for anything else
 */
export function setVersion(world: World, text: string): void {
  const [, major, minor, micro, build = '0', name = ''] = FORM.exec(text) ?? []
  if (major === undefined) {
    throw new UserError(`Failed to read the version "${text}". Write three or four numbers, such as "34.0.2".`)
  }
  world.table(versionTable).set(KEY, {
    versionString: `${major}.${minor}.${micro}${name}`,
    version: [major, minor, micro, build].map(Number),
  })
}

/** The version that the server says it has: that of its profile, unless it was told another. */
export const versionOf = (world: World, profile: ServerVersion): ServerVersion =>
  world.table(versionTable).get(KEY) ?? profile
