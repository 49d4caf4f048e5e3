import { inPlace, SeedError } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import { seededAccount } from '#world/accounts/seed.ts'
import * as activities from '#world/notices/activities.ts'
import { defineSeedMember } from '#world/seed.ts'
import type { World } from '#world/world.ts'

/** One activity of a seed: a text of its own, or a subject that an app's provider knows. */
const activitySeedSchema = s.object({
  user: s.described('whose stream it is in', s.string()),
  app: s.optional(s.described('default: settings', s.string())),
  type: s.optional(s.string()),
  author: s.optional(s.described('default: the account itself', s.string())),
  text: s.optional(s.described('what is shown as it stands', s.string())),
  subject: s.optional(
    s.described(
      "instead of a text, a key of the app's provider, such as `created_self`, with its parameters",
      s.string(),
    ),
  ),
  parameters: s.optional(s.json()),
  objectType: s.optional(s.string()),
  objectId: s.optional(s.int()),
  objectName: s.optional(s.string()),
  link: s.optional(s.string()),
  at: s.optional(s.described('seconds since 1970; default: now', s.int())),
})
type ActivitySeed = Infer<typeof activitySeedSchema>

export const seededActivities = defineSeedMember({
  name: 'activities',
  schema: s.described('what accounts find in their activity', s.list(activitySeedSchema)),
  after: ['users', 'files', 'shares'],
  read: seedActivities,
})

function seedActivities(world: World, list: readonly ActivitySeed[]): void {
  list.forEach((seed, i) => {
    inPlace(i, () => seedActivity(world, seed))
  })
}

function seedActivity(world: World, { user, text, subject, parameters = [], ...seed }: ActivitySeed): void {
  const account = seededAccount(world, user)
  if ((text === undefined) === (subject === undefined)) {
    throw new SeedError([], 'it needs either a "text" or a "subject" that an app knows.')
  }
  activities.add(world, {
    app: 'settings',
    type: 'personal_settings',
    author: account.id,
    ...seed,
    userId: account.id,
    ...(text === undefined ? { subject: subject!, parameters } : { subject: 'seed', parameters: [text] }),
  })
}
