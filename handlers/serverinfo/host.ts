import type { PhpArray, PhpValue } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import { getApp } from '#world/settings/config.ts'
import { installedAt } from '#world/settings/installed-at.ts'
import type { World } from '#world/world.ts'

/** The machine behind a recorded server: there is none behind a fake. */
export interface Host {
  readonly webserver: string
  readonly php: Readonly<Record<string, PhpValue>> & {
    readonly opcache: { readonly opcache_statistics: PhpArray & { readonly start_time: number } }
    readonly apcu: { readonly cache: PhpArray }
  }
  /** In the order in which PHP loads them. */
  readonly extensions: readonly string[]
  readonly fpm: false
  readonly database: { readonly version: string; readonly size: string }
  /** Bytes. */
  readonly freespace: number
  readonly cpuload: readonly number[]
  readonly cpunum: number
  readonly memory: Readonly<Record<'mem_total' | 'mem_free' | 'swap_total' | 'swap_free', number>>
  /** Used and free, in gibibytes. */
  readonly disks: readonly (readonly [used: number, free: number])[]
}

/** What is known of a machine that may not be looked at. */
const HIDDEN: Pick<Host, 'cpunum' | 'memory' | 'disks'> = {
  cpunum: 1,
  memory: { mem_total: -1024, mem_free: -1024, swap_total: -1024, swap_free: -1024 },
  disks: [],
}

/** The machine of the recorded installation. */
export const hostInfo = defineProfileData<Host>('serverinfo')

/** Whether the administrator forbade to look at the machine. */
export const isRestricted = (world: World): boolean => getApp(world, 'serverinfo', 'restricted_mode', 'no') === 'yes'

export function hostOf(world: World, profile: Profile): Host {
  const recorded = hostInfo.of(profile)
  // PHP started with the installation, whenever that was.
  const start_time = installedAt(world) + 1
  const { opcache, apcu } = recorded.php
  const php = {
    ...recorded.php,
    opcache: { ...opcache, opcache_statistics: { ...opcache.opcache_statistics, start_time } },
    apcu: { ...apcu, cache: { ...apcu.cache, start_time } },
  }
  return { ...recorded, php, ...(isRestricted(world) ? HIDDEN : {}) }
}
