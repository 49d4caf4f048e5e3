import type { World } from '../world.ts'
import * as users from './users.ts'

/** The same as {@link users.search} finds them, one after the other: whoever wants few of them looks at few. */
export function* each(world: World, text: string): IterableIterator<users.User> {
  for (let offset = 0, limit = FIRST_PAGE; ; offset += limit, limit *= 2) {
    const page = users.search(world, { search: text, limit, offset })
    yield* page
    if (page.length < limit) return
  }
}

const FIRST_PAGE = 64

/** How many accounts somebody came in with since a moment, in seconds; from 1 on: ever. */
export const countSeenSince = (world: World, seconds: number): number =>
  world
    .table(users.usersTable)
    .index('seen', seenAt)
    .countFrom(paddedSeconds(Math.max(1, seconds)))

const paddedSeconds = (seconds: number) => String(Math.ceil(seconds)).padStart(12, '0')
const seenAt = ({ lastLogin }: users.User) => (lastLogin > 0 ? paddedSeconds(lastLogin) : undefined)
