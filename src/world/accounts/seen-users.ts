import type { World } from '../world.ts'
import { search, type User } from './users.ts'

/** Accounts that ever came in, by their ids. */
export const seenUsers = (world: World): User[] => search(world).filter(({ lastLogin }) => lastLogin !== 0)
