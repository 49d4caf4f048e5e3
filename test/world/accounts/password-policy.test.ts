import { describe, expect, it } from 'vitest'
import common from '#fixtures/profiles/nextcloud-34/common-passwords.json' with { type: 'json' }
import { createOcsMock } from '#index.ts'
import { check, remember, wasUsedBefore } from '#world/accounts/password-policy.ts'
import * as config from '#world/settings/config.ts'

const world = (settings: Record<string, string> = {}) => {
  const { world } = createOcsMock()
  for (const [key, value] of Object.entries(settings)) config.setApp(world, 'password_policy', key, value)
  return world
}
const reasons = (password: string, settings?: Record<string, string>) =>
  check(world(settings), password, common).map((problem) => problem.reason)

describe('the password policy', () => {
  it('wants ten bytes that are not common', () => {
    expect(reasons('Corr3ct-h0rse!')).toEqual([])
    expect(reasons('short')).toEqual(['common', 'too-short'])
    expect(reasons('ADMINISTRATOR')).toEqual(['common'])
    expect(reasons('äöüäö')).toEqual([])
    expect(check(world({ minLength: '20' }), 'Corr3ct-h0rse!', common)).toEqual([
      { reason: 'too-short', minLength: 20 },
    ])
  })

  it('takes nobody for common by chance: of other lengths than the common ones none is', () => {
    const here = world()
    const found = Array.from({ length: 6000 }, (_, i) => `ocsmock-${String(i).padStart(4, '0')}`)
      .flatMap((text) => [text, text.padEnd(60, 'x')])
      .filter((password) => check(here, password, common).some(({ reason }) => reason === 'common'))
    expect(found).toEqual([])
  })

  it('wants what its settings say', () => {
    const all = { enforceNumericCharacters: '1', enforceUpperLowerCase: 'yes', enforceSpecialCharacters: 'true' }
    expect(reasons('wordswithoutanything', all)).toEqual(['no-digit', 'no-upper-and-lower', 'no-special'])
    expect(reasons('Words-with-1', all)).toEqual([])
    expect(reasons('short', { enforceNonCommonPassword: 'no', minLength: '0' })).toEqual([])
  })

  it('wants nothing while its app is disabled', () => {
    expect(reasons('x', { enabled: 'no' })).toEqual([])
  })

  it('looks back as far as its settings say, and forgets with the account', () => {
    const here = world({ historySize: '2' })
    for (const password of ['one', 'two', 'three']) remember(here, 'Alice', password)
    expect(['one', 'two', 'three'].map((password) => wasUsedBefore(here, 'alice', password))).toEqual([
      false,
      true,
      true,
    ])
    here.emit({ type: 'user.deleted', userId: 'alice' })
    expect(wasUsedBefore(here, 'alice', 'three')).toBe(false)
  })

  it('looks back at nothing by default', () => {
    const here = world()
    remember(here, 'alice', 'one')
    expect(wasUsedBefore(here, 'alice', 'one')).toBe(false)
  })
})
