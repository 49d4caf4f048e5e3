import { daemonSeedSchema, exAppSeedSchema } from '#handlers/app_api/seed.ts'
import { type Place, SeedError, showPlace } from '#lib/errors.ts'
import { type Schema, s } from '#lib/schema.ts'
import { groupSeedSchema, userSeedSchema } from './accounts/seed.ts'
import { processingSchema } from './processing/seed.ts'
import type { Seed } from './seed.ts'

const strings = () => s.list(s.string())

/** The shape of a seed, member by member. A new member of {@link Seed} says here what it looks like. */
const MEMBERS: { readonly [K in keyof Seed]-?: Schema } = {
  users: s.list(userSeedSchema),
  groups: s.list(groupSeedSchema),
  apps: s.object({ enabled: s.optional(strings()), disabled: s.optional(strings()) }),
  config: s.object({
    system: s.optional(s.record(s.any())),
    apps: s.optional(
      s.record(
        s.record(
          s.union(
            s.string(),
            s.object({
              value: s.string(),
              type: s.optional(s.literal('mixed', 'string', 'integer', 'float', 'boolean', 'array')),
              lazy: s.optional(s.bool()),
              sensitive: s.optional(s.bool()),
            }),
          ),
        ),
      ),
    ),
  }),
  processing: processingSchema,
  daemons: s.list(daemonSeedSchema),
  exApps: s.list(exAppSeedSchema),
  files: s.record(
    s.record(
      s.union(
        s.string(),
        s.object({
          content: s.optional(s.string()),
          base64: s.optional(s.string()),
          size: s.optional(s.int()),
          mtime: s.optional(s.int()),
          etag: s.optional(s.string()),
        }),
      ),
    ),
  ),
  shares: s.list(
    s.object({
      type: s.literal('user', 'group', 'link', 'email'),
      owner: s.string(),
      path: s.string(),
      with: s.optional(s.string()),
      permissions: s.optional(s.int()),
      expires: s.optional(s.string()),
      password: s.optional(s.string()),
      token: s.optional(s.string()),
      note: s.optional(s.string()),
      label: s.optional(s.string()),
      hideDownload: s.optional(s.bool()),
      accepted: s.optional(s.bool()),
    }),
  ),
  notifications: s.list(
    s.object({
      user: s.string(),
      subject: s.string(),
      subjectParameters: s.optional(s.record(s.record(s.string()))),
      message: s.optional(s.string()),
      messageParameters: s.optional(s.record(s.record(s.string()))),
      app: s.optional(s.string()),
      objectType: s.optional(s.string()),
      objectId: s.optional(s.string()),
      link: s.optional(s.string()),
      icon: s.optional(s.string()),
      actions: s.optional(
        s.list(
          s.object({
            label: s.string(),
            link: s.string(),
            type: s.optional(s.literal('GET', 'POST', 'PUT', 'DELETE', 'WEB')),
            primary: s.optional(s.bool()),
          }),
        ),
      ),
      createdAt: s.optional(s.int()),
    }),
  ),
  statuses: s.list(
    s.object({
      user: s.string(),
      status: s.optional(s.literal('online', 'away', 'dnd', 'busy', 'invisible', 'offline')),
      messageId: s.optional(s.string()),
      message: s.optional(s.string()),
      icon: s.optional(s.string()),
      clearAt: s.optional(s.int()),
    }),
  ),
  activities: s.list(
    s.object({
      user: s.string(),
      app: s.optional(s.string()),
      type: s.optional(s.string()),
      author: s.optional(s.string()),
      text: s.optional(s.string()),
      subject: s.optional(s.string()),
      parameters: s.optional(s.any()),
      objectType: s.optional(s.string()),
      objectId: s.optional(s.int()),
      objectName: s.optional(s.string()),
      link: s.optional(s.string()),
      at: s.optional(s.int()),
    }),
  ),
  counters: s.record(s.int()),
  clock: s.object({ now: s.optional(s.union(s.string(), s.number())), frozen: s.optional(s.bool()) }),
  random: s.int(),
}

/** A seed as part of another document. */
export const seedSchema = s.object(
  Object.fromEntries(Object.entries(MEMBERS).map(([name, schema]) => [name, s.optional(schema)])),
) as unknown as Schema<Seed>

/** The schema of one member of a seed. */
export const seedMember = <K extends keyof Seed>(name: K) => MEMBERS[name] as Schema<NonNullable<Seed[K]>>

/** JSON Schema of a seed: what editors complete from, and what `ocs-mock` publishes. */
export function seedJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Seed of ocs-mock',
    type: 'object',
    properties: Object.fromEntries(Object.entries(MEMBERS).map(([name, schema]) => [name, schema.toJsonSchema()])),
    additionalProperties: false,
  }
}

/**
 * Check the shape of a document that should be a seed; what its values mean is for their readers.
 * @throws SeedError for the first difference, with the number of others.
 */
export function checkSeed(seed: unknown): asserts seed is Seed {
  if (typeof seed !== 'object' || seed === null || Array.isArray(seed)) {
    throw new SeedError([], `found ${Array.isArray(seed) ? 'a list' : String(seed)}; a seed has ${MEMBER_NAMES}.`)
  }
  const found: SeedError[] = []
  for (const [name, value] of Object.entries(seed)) {
    const schema = Object.hasOwn(MEMBERS, name) ? MEMBERS[name as keyof Seed] : undefined
    if (!schema) {
      found.push(new SeedError([name], `there is no such member; a seed has ${MEMBER_NAMES}.`))
    } else if (value !== undefined) {
      schema.check(value, '', ({ pointer, expected, got }) => {
        found.push(new SeedError([name, ...placeOf(value, pointer)], explain(expected, got)))
      })
    }
  }
  const [first, ...others] = found
  if (!first) return
  const more =
    others.length === 0
      ? ''
      : ` Also wrong: ${others
          .slice(0, 5)
          .map((e) => showPlace(e.place))
          .join(', ')}${others.length > 5 ? ' …' : ''}.`
  throw new SeedError(first.place, first.problem + more)
}

const MEMBER_NAMES = Object.keys(MEMBERS).join(', ')

function explain(expected: string, got: string): string {
  if (expected === 'absent') return 'there is no such member.'
  if (expected === 'present') return 'this is missing.'
  return `expected ${expected}, found ${got}.`
}

/** A JSON pointer as a place; whether a step is an index only the value can say. */
function placeOf(value: unknown, pointer: string): Place {
  const place: (string | number)[] = []
  let at = value
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    place.push(Array.isArray(at) ? Number(key) : key)
    at = (at as Record<string, unknown> | undefined)?.[key]
  }
  return place
}
