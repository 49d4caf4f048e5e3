import * as users from '../accounts/users.ts'
import type { World } from '../world.ts'
import { TOKEN_LETTERS, tokenLength } from './settings.ts'
import * as shares from './share.ts'
import { isLinkLike, isRemote, type Share } from './share.ts'
import { isValid } from './validity.ts'

/** A token that no share has. */
export function freeToken(world: World): string {
  for (;;) {
    const token = world.random.token(tokenLength(world), TOKEN_LETTERS)
    if (shares.ofToken(world, token).length === 0) return token
  }
}

/** Letters, digits and hyphens, at least one. */
export const isToken = (text: string): boolean => /^[a-z0-9-]+$/i.test(text)

/** The share behind a token of a link, a mail or another server, while it counts. An account's id is no token. */
export function findByToken(world: World, token: string): Share | undefined {
  if (users.find(world, token)) return undefined
  const share = shares.ofToken(world, token).find((found) => isLinkLike(found) || isRemote(found))
  return share && isValid(world, share) ? share : undefined
}
