import { inPlace, SeedError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import { accountSeedSchema, groupSeedSchema, seedGroups, seedUsers } from '#world/accounts/seed.ts'
import {
  filesSeedSchema,
  seedFiles,
  seedSkeleton,
  seedTrash,
  skeletonSeedSchema,
  trashSeedSchema,
} from '#world/files/seed.ts'
import { momentSchema } from '#world/moment-schema.ts'
import { processingSeedSchema, seedProcessing } from '#world/processing/seed.ts'
import { defineSeedMember } from '#world/seed.ts'
import { override } from '#world/settings/capability-overrides.ts'
import { appsSeedSchema, configSeedSchema, seedApps, seedConfig } from '#world/settings/seed.ts'
import { setVersion } from '#world/settings/version.ts'

export const users = defineSeedMember({
  name: 'users',
  schema: s.described('accounts', s.list(accountSeedSchema)),
  after: ['clock', 'random', 'apps', 'config'],
  read: seedUsers,
})

export const groups = defineSeedMember({
  name: 'groups',
  schema: s.described('groups, which can name accounts as members', s.list(groupSeedSchema)),
  after: ['users'],
  read: seedGroups,
})

export const apps = defineSeedMember({
  name: 'apps',
  schema: s.described('apps that are enabled, and apps that are not', appsSeedSchema),
  after: ['clock', 'random'],
  read: seedApps,
})

export const config = defineSeedMember({
  name: 'config',
  schema: s.described('values of `config.php` and settings of apps', configSeedSchema),
  after: ['apps'],
  read: seedConfig,
})

export const files = defineSeedMember({
  name: 'files',
  schema: s.described(
    'files by account and path; folders on the way are made, and a path that ends with a slash is a folder',
    filesSeedSchema,
  ),
  after: ['users', 'groups', 'skeleton'],
  read: seedFiles,
})

export const trash = defineSeedMember({
  name: 'trash',
  schema: s.described('files in the trash, by account and by the path at which they were', trashSeedSchema),
  after: ['users', 'groups', 'skeleton', 'files'],
  read: seedTrash,
})

export const skeleton = defineSeedMember({
  name: 'skeleton',
  schema: s.described(
    'what new homes begin with, by path; a path that ends with a slash is a folder',
    skeletonSeedSchema,
  ),
  read: seedSkeleton,
})

export const version = defineSeedMember({
  name: 'version',
  schema: s.described(
    'what version it says it is, such as `34.0.2`; what it answers stays that of the profile',
    s.string(),
  ),
  read: setVersion,
})

export const capabilities = defineSeedMember({
  name: 'capabilities',
  schema: s.described(
    'what it can do beside or instead of what its apps say: a JSON Merge Patch, in which null removes',
    s.record(s.json()),
  ),
  after: ['apps'],
  read: override,
})

export const processing = defineSeedMember({
  name: 'processing',
  schema: s.described('who works on tasks, texts and translations', processingSeedSchema),
  after: ['users'],
  read: seedProcessing,
})

export const clock = defineSeedMember({
  name: 'clock',
  schema: s.described(
    'what time it is, and whether it stands still',
    s.object({
      now: s.optional(s.described('what time it is in the beginning', momentSchema)),
      frozen: s.optional(s.described('whether it stands still', s.bool())),
    }),
  ),
  read: (world, { now, frozen }) => {
    if (now !== undefined) inPlace('now', () => world.clock.set(now))
    // To the millisecond, so that no time passes between both.
    if (frozen) world.clock.freeze(now)
  },
})

export const random = defineSeedMember({
  name: 'random',
  schema: s.described('the seed of everything random', s.int()),
  read: (world, seed) => world.random.restore({ seed, draws: 0 }),
})

export const counters = defineSeedMember({
  name: 'counters',
  schema: s.described(
    'the last numbers that sequences of ids gave: `activity`, `share`, `notification` …',
    s.record(s.int()),
  ),
  after: ['*'],
  read: (world, counters) => {
    for (const [sequence, last] of Object.entries(counters)) {
      const given = world.lastId(sequence)
      if (last < given || !Number.isSafeInteger(last))
        throw new SeedError([sequence], `${last} is below ${given}, which was given already. Write that or more.`)
      world.lastId(sequence, last)
    }
  },
})
