import { type ActivitySeed, seedActivities } from '#handlers/activity/seed.ts'
import { type DaemonSeed, type ExAppSeed, seedDaemons, seedExApps } from '#handlers/app_api/seed.ts'
import { type ShareSeed, seedShares } from '#handlers/files_sharing/seed.ts'
import {
  type NotificationSeed,
  type StatusSeed,
  seedNotifications,
  seedStatuses,
} from '#handlers/notifications/seed.ts'
import { inPlace, SeedError } from '#lib/errors.ts'
import { type GroupSeed, seedGroups, seedUsers, type UserSeed } from './accounts/seed.ts'
import { seedFiles } from './files/seed.ts'
import { type ProcessingSeed, seedProcessing } from './processing/seed.ts'
import { checkSeed } from './seed-schema.ts'
import * as apps from './settings/apps.ts'
import * as config from './settings/config.ts'
import type { World } from './world.ts'

export type { DaemonSeed, ExAppSeed } from '#handlers/app_api/seed.ts'
export type { GroupSeed, UserSeed } from './accounts/seed.ts'

/** A document laid over a world. Every member is optional; what it names is added to what is there. */
export interface Seed {
  readonly users?: readonly UserSeed[]
  /** Groups come after users, so that they can name them. */
  readonly groups?: readonly GroupSeed[]
  readonly apps?: { readonly enabled?: readonly string[]; readonly disabled?: readonly string[] }
  readonly config?: {
    /** `config.php` */
    readonly system?: Readonly<Record<string, unknown>>
    /** App settings: app, key, value. A plain value is stored as `occ config:app:set` stores it. */
    readonly apps?: Readonly<Record<string, Readonly<Record<string, string | AppConfigSeed>>>>
  }
  /** Files by account and path. Folders on the way are made; a path that ends with a slash is a folder. */
  readonly files?: Readonly<Record<string, Readonly<Record<string, FileSeed>>>>
  /** Files of accounts, shared by link, with accounts, groups or addresses. */
  readonly shares?: readonly ShareSeed[]
  readonly notifications?: readonly NotificationSeed[]
  readonly statuses?: readonly StatusSeed[]
  /** Who works on tasks, texts and translations. */
  readonly processing?: ProcessingSeed
  /** Where ExApps run. */
  readonly daemons?: readonly DaemonSeed[]
  /** Apps that run outside of the server. */
  readonly exApps?: readonly ExAppSeed[]
  /** What accounts find in their activity. */
  readonly activities?: readonly ActivitySeed[]
  /** The last numbers that sequences of ids gave: `activity`, `share`, `notification` … */
  readonly counters?: Readonly<Record<string, number>>
  readonly clock?: { readonly now?: string | number; readonly frozen?: boolean }
  /** The seed of everything random. */
  readonly random?: number
}

/** A file's text, or its bytes, or how many zeros it holds. */
export type FileSeed =
  | string
  | {
      readonly content?: string
      readonly base64?: string
      readonly size?: number
      /** Seconds since 1970. */
      readonly mtime?: number
      /** Without quotes. */
      readonly etag?: string
    }

/** An app's setting with its type; booleans are `1` and `0`, arrays are JSON. */
export interface AppConfigSeed {
  readonly value: string
  readonly type?: config.ConfigType
  readonly lazy?: boolean
  readonly sensitive?: boolean
}

type Member = keyof Seed
/** One reader per member of a seed. A new kind of state adds its reader here. */
const READERS: { readonly [K in Member]-?: (world: World, value: NonNullable<Seed[K]>) => void } = {
  clock: seedClock,
  random: (world, seed) => world.random.restore({ seed, draws: 0 }),
  apps: seedApps,
  config: seedConfig,
  users: seedUsers,
  groups: seedGroups,
  files: seedFiles,
  processing: seedProcessing,
  notifications: seedNotifications,
  statuses: seedStatuses,
  shares: seedShares,
  daemons: seedDaemons,
  exApps: seedExApps,
  activities: seedActivities,
  counters: (world, counters) => {
    for (const [sequence, last] of Object.entries(counters)) world.lastId(sequence, last)
  },
}

/**
 * Lay a seed over a world.
 * @throws SeedError that names the place of a mistake; the world may then be partly seeded, so seed a fork.
 */
export function applySeed(world: World, seed: unknown): void {
  checkSeed(seed)
  for (const member of Object.keys(READERS) as Member[]) {
    const value = seed[member]
    if (value === undefined) continue
    const read = READERS[member] as (world: World, value: unknown) => void
    inPlace(member, () => world.under({ seeded: true }, () => read(world, value)))
  }
}

function seedClock(world: World, { now, frozen }: NonNullable<Seed['clock']>): void {
  if (now !== undefined) inPlace('now', () => world.clock.set(now))
  if (frozen) world.clock.freeze()
}

/** Set values of `config.php` and settings of apps. */
export function seedConfig(world: World, { system = {}, apps = {} }: NonNullable<Seed['config']>): void {
  for (const [key, value] of Object.entries(system)) config.setSystem(world, key, value)
  for (const [app, values] of Object.entries(apps)) {
    for (const [key, value] of Object.entries(values)) {
      if (typeof value === 'string') config.setApp(world, app, key, value)
      else config.setApp(world, app, key, value.value, value)
    }
  }
}

function seedApps(world: World, { enabled = [], disabled = [] }: NonNullable<Seed['apps']>): void {
  enabled.forEach((app, i) => {
    if (apps.enable(world, app) === 'unknown') {
      throw new SeedError(
        ['enabled', i],
        `there is no app "${app}". There are: ${apps.available(world).toSorted().join(', ')}.`,
      )
    }
  })
  disabled.forEach((app, i) => {
    if (apps.disable(world, app) === 'always-enabled')
      throw new SeedError(['disabled', i], `"${app}" cannot be disabled.`)
  })
}
