import type { Seed } from '#index.ts'
import { type Ask, expect, type OcsAnswer, type Way } from './ways.ts'

/** Who the tests of accounts and groups are about: alice administers staff, bob is in it, carol is in none. */
export const TEAM = {
  users: [
    { id: 'alice', subAdminOf: ['staff'], email: 'alice@example.org' },
    { id: 'bob', displayName: 'Bob Builder', groups: ['staff'], email: 'bob@example.org', quota: '5 GB' },
    { id: 'carol', lastLogin: 1_700_000_000 },
  ],
  groups: ['other'],
} satisfies Seed

export const ADMIN = 'admin:admin'
/** A password that the policy takes. */
export const GOOD = 'Corr3ct-h0rse!'

/** Ask, and expect one failure of the operation. */
export async function expectFailure(
  way: Way,
  [method, path, ask]: readonly [method: string, path: string, ask: Ask],
  code: number,
  message: string,
): Promise<void> {
  const answer = await way.ask(method, path, ask)
  expect({ code: answer.code, message: answer.message }).toEqual({ code, message })
  answer.expectData([])
}

/** Ask, and expect success. */
export async function expectOk(way: Way, method: string, path: string, ask: Ask): Promise<OcsAnswer> {
  const answer = await way.ask(method, path, ask)
  expect(answer.code, answer.text).toBe(200)
  return answer
}
