import { sha256 } from '#lib/sha256.ts'
import { getSystem } from '../settings/config.ts'
import type { World } from '../world.ts'

export const ID_LENGTH = 31

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const LETTERS = BigInt(ALPHABET.length)

/** What teams call a party, such as an account: that is known before the party is in any of them. */
export function idOf(world: World, party: string): string {
  const digest = sha256(`${getSystem(world, 'instanceid', '')}/${party}`)
  let rest = BigInt(`0x${digest}`)
  let id = ''
  for (; id.length < ID_LENGTH; rest /= LETTERS) id += ALPHABET[Number(rest % LETTERS)]
  return id
}
