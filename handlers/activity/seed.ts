import { inPlace, SeedError } from '#lib/errors.ts'
import * as users from '#world/accounts/users.ts'
import type { Json } from '#world/notices/notifications.ts'
import type { World } from '#world/world.ts'
import * as activities from './state/activities.ts'

/** One activity of a seed: a text of its own, or a subject that an app's provider knows. */
export interface ActivitySeed {
  /** Whose stream it is in. */
  readonly user: string
  /** What is shown as it stands. */
  readonly text?: string
  /** Instead of a text, a key of the app's provider, such as `created_self`, with its parameters. */
  readonly subject?: string
  readonly parameters?: Json
  /** Default: `settings`. */
  readonly app?: string
  readonly type?: string
  /** Default: the account itself. */
  readonly author?: string
  readonly objectType?: string
  readonly objectId?: number
  readonly objectName?: string
  readonly link?: string
  /** Seconds since 1970; default: now. */
  readonly at?: number
}

export function seedActivities(world: World, list: readonly ActivitySeed[]): void {
  list.forEach((seed, i) => {
    inPlace(i, () => seedActivity(world, seed))
  })
}

function seedActivity(world: World, { user, text, subject, parameters = [], ...seed }: ActivitySeed): void {
  const account = users.find(world, user)
  if (!account) throw new SeedError(['user'], `there is no account "${user}". Name it under "users" of the same seed.`)
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
