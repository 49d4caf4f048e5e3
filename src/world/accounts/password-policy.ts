import { parseJson } from '#lib/json.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import * as apps from '../settings/apps.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'

const APP = 'password_policy'

/** Former passwords of an account, the latest first, as far as the policy looks back. */
export const passwordHistoryTable = defineTable<{ readonly passwords: readonly string[] }>('passwordHistory', {
  record: s.object({ passwords: s.list(s.string()) }),
})

/** What the policy demands; each of them is a setting of the app. */
export interface Policy {
  readonly minLength: number
  readonly enforceNonCommonPassword: boolean
  readonly enforceNumericCharacters: boolean
  readonly enforceUpperLowerCase: boolean
  readonly enforceSpecialCharacters: boolean
  /** How many former passwords may not be used again. */
  readonly historySize: number
}

/** Why a password is refused, in the order in which the reasons are told. */
export type PasswordProblem =
  | { readonly reason: 'common' | 'no-digit' | 'no-upper-and-lower' | 'no-special' | 'used-before' }
  | { readonly reason: 'too-short'; readonly minLength: number }

/** Passwords that everybody knows: a sorted run of 24-bit hashes, four base64 digits each. */
export interface CommonPasswords {
  readonly hashes: string
  /** How long they are, from and to, in characters: what has another length has the hash of one by chance only. */
  readonly lengths: readonly (readonly number[])[]
}

/** What a password is for: an account, or a share, for which an administrator may have other rules. */
export type PasswordContext = 'account' | 'sharing'

export function readPolicy(world: World, context: PasswordContext = 'account'): Policy {
  const suffix = context === 'sharing' && hasOwnRules(world, context) ? `_${context}` : ''
  const flag = (key: string, fallback: boolean) => isTrue(config.getApp(world, APP, key + suffix, fallback ? '1' : '0'))
  const number = (key: string, fallback: number) =>
    Number.parseInt(config.getApp(world, APP, key + suffix, String(fallback)), 10) || 0
  return {
    minLength: Math.max(0, number('minLength', 10)),
    enforceNonCommonPassword: flag('enforceNonCommonPassword', true),
    enforceNumericCharacters: flag('enforceNumericCharacters', false),
    enforceUpperLowerCase: flag('enforceUpperLowerCase', false),
    enforceSpecialCharacters: flag('enforceSpecialCharacters', false),
    historySize: Number.parseInt(config.getApp(world, APP, 'historySize', '0'), 10) || 0,
  }
}

function hasOwnRules(world: World, context: PasswordContext): boolean {
  const contexts = parseJson(config.getApp(world, APP, 'passwordContexts', '["account"]'))
  return Array.isArray(contexts) && contexts.includes(context)
}

const isTrue = (value: string) => ['1', 'true', 'yes', 'on'].includes(value.toLowerCase())

/** Everything that the policy has against a password; nothing while the app is disabled. */
export function check(
  world: World,
  password: string,
  common: CommonPasswords,
  context: PasswordContext = 'account',
): PasswordProblem[] {
  if (!apps.isEnabled(world, APP)) return []
  const policy = readPolicy(world, context)
  const found: PasswordProblem[] = []
  if (policy.enforceNonCommonPassword && isCommon(password, common)) found.push({ reason: 'common' })
  if (new TextEncoder().encode(password).length < policy.minLength) {
    found.push({ reason: 'too-short', minLength: policy.minLength })
  }
  if (policy.enforceNumericCharacters && !/\d/.test(password)) found.push({ reason: 'no-digit' })
  if (policy.enforceUpperLowerCase && !(/[a-z]/.test(password) && /[A-Z]/.test(password))) {
    found.push({ reason: 'no-upper-and-lower' })
  }
  if (policy.enforceSpecialCharacters && /^[a-zA-Z0-9]+$/.test(password)) found.push({ reason: 'no-special' })
  return found
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DIGITS_ALONE = '0123456789'
const SYMBOLS = '!"\\#$%&\'()*+,-./:;<=>?@[]^_`{|}~'
/** Letters and digits that nobody mixes up. */
const READABLE = 'abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789'

/** A password that the policy likes, out of the world's randomness. */
export function generate(world: World, common: CommonPasswords, context: PasswordContext = 'account'): string {
  const policy = readPolicy(world, context)
  const wanted = [
    ...(policy.enforceUpperLowerCase ? [UPPER, UPPER.toLowerCase()] : []),
    ...(policy.enforceNumericCharacters ? [DIGITS_ALONE] : []),
    ...(policy.enforceSpecialCharacters ? [SYMBOLS] : []),
  ]
  const rest = Math.max(policy.minLength, 8) - wanted.length
  for (;;) {
    const ordered =
      wanted.map((set) => world.random.token(1, set)).join('') + world.random.token(rest, wanted.join('') || READABLE)
    const password = world.random.shuffle([...ordered]).join('')
    if (check(world, password, common, context).length === 0) return password
  }
}

/** Whether an account had this password before, as far as the policy looks back. */
export function wasUsedBefore(world: World, userId: string, password: string): boolean {
  const { historySize } = readPolicy(world)
  if (historySize === 0 || !apps.isEnabled(world, APP)) return false
  const passwords = world.table(passwordHistoryTable).get(userId.toLowerCase())?.passwords ?? []
  return passwords.slice(0, historySize).includes(password)
}

/** Remember a password that was just set. */
export function remember(world: World, userId: string, password: string): void {
  const { historySize } = readPolicy(world)
  const table = world.table(passwordHistoryTable)
  const key = userId.toLowerCase()
  if (historySize === 0) table.delete(key)
  else table.set(key, { passwords: [password, ...(table.get(key)?.passwords ?? [])].slice(0, historySize) })
}

/** Former passwords go with their account. */
export const passwordHistoryReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      world.table(passwordHistoryTable).delete(userId.toLowerCase())
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)

function isCommon(password: string, { hashes, lengths }: CommonPasswords): boolean {
  if (!lengths.some(([least = 0, most = 0]) => password.length >= least && password.length <= most)) return false
  const wanted = hash24(password.toLowerCase())
  let low = 0
  let high = hashes.length / 4
  while (low < high) {
    const middle = (low + high) >>> 1
    if (entryAt(hashes, middle) < wanted) low = middle + 1
    else high = middle
  }
  return low < hashes.length / 4 && entryAt(hashes, low) === wanted
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function entryAt(hashes: string, at: number): number {
  let value = 0
  for (const digit of hashes.slice(at * 4, at * 4 + 4)) value = value * 64 + DIGITS.indexOf(digit)
  return value
}

/** The upper 24 bits of FNV-1a. */
function hash24(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 8
}
