import * as config from '#world/settings/config.ts'
import { directly, expect, it, type OcsAnswer } from '../../support/ways.ts'

const ALICE = { as: 'alice:alice' }
const BOB = { as: 'bob:bob' }
const SEED = {
  users: [{ id: 'alice', displayName: 'Alice A', email: 'alice@example.org', groups: ['staff'] }, { id: 'bob' }],
  clock: { now: '2026-07-01T05:10:00Z', frozen: true },
}

directly('profiles and hover cards', SEED, (way) => {
  const profile = (as = BOB) => way.ask('GET', '/profile/alice', as)
  const card = (as = BOB, id = 'alice') => way.ask('GET', `/hovercard/v1/${id}`, as)
  const edit = (key: string, value: string) => way.ask('PUT', '/cloud/users/alice', { ...ALICE, form: { key, value } })
  const show = (paramId: string, visibility: string) =>
    way.ask('PUT', '/profile/alice', { ...ALICE, form: { paramId, visibility } })
  const core = (key: string, value: string) => config.setApp(way.ocs.world, 'core', key, value)
  /** Addresses look differently in JSON. */
  const has = (answer: OcsAnswer, text: string) => answer.text.replaceAll('\\/', '/').includes(text)

  it('tells what an account says about itself', async () => {
    await edit('headline', 'Head of heads')
    await edit('twitter', '@alice_a')
    const answer = await profile()
    expect(answer.code).toBe(200)
    for (const text of ['Alice A', 'Head of heads', 'mailto:alice@example.org', 'https://twitter.com/alice_a', 'UTC']) {
      expect(has(answer, text)).toBe(true)
    }
  })

  way.inEveryWay('shows what its owner wants to be shown', async () => {
    expect((await show('email', 'hide')).code).toBe(200)
    expect(has(await profile(), 'mailto:')).toBe(false)
    await edit('headline', 'Head of heads')
    await edit('headlineScope', 'v2-private')
    expect(has(await profile(), 'Head of heads')).toBe(false)
    expect(has(await profile(ALICE), 'Head of heads')).toBe(true)
  })

  it('lets owners choose among their own fields only', async () => {
    const unknown = await show('nonsense', 'show')
    expect([unknown.code, unknown.message]).toEqual([
      400,
      'Account does not have a profile parameter with ID: nonsense',
    ])
    const foreign = await way.ask('PUT', '/profile/alice', { ...BOB, form: { paramId: 'email', visibility: 'show' } })
    expect([foreign.code, foreign.message]).toEqual([403, 'People can only edit their own visibility settings'])
  })

  it('does not tell about accounts that hide or cannot be found', async () => {
    expect((await way.ask('GET', '/profile/ghost', BOB)).code).toBe(404)
    core('shareapi_restrict_user_enumeration_full_match', 'no')
    core('shareapi_restrict_user_enumeration_to_group', 'yes')
    expect((await profile()).code).toBe(404)
    expect((await card()).code).toBe(404)
    expect((await profile(ALICE)).code).toBe(200)
    await way.ask('POST', '/cloud/users/bob/groups', { as: 'admin:admin', form: { groupid: 'staff' } })
    expect((await profile()).code).toBe(200)
    expect((await card()).code).toBe(200)
    await edit('profile_enabled', '0')
    expect((await profile()).code).toBe(400)
    await way.ask('PUT', '/cloud/users/alice/disable', { as: 'admin:admin' })
    expect((await profile()).code).toBe(404)
    expect((await card()).code).toBe(404)
  })

  way.inEveryWay('shows a card with the local time and addresses', async () => {
    await edit('timezone', 'Asia/Kolkata')
    await edit('additional_mail', 'a@example.org')
    const answer = await card()
    expect(answer.code).toBe(200)
    const { text } = answer
    expect(text).toContain(answer.isJson ? '10:40\\u202fAM \\u2022 5h30m ahead' : '10:40\u202fAM \u2022 5h30m ahead')
    expect(text.indexOf('a@example.org')).toBeLessThan(text.indexOf('alice@example.org'))
    expect((await card(BOB, 'ALICE')).code).toBe(404)
  })

  it('has no card for the first administrator before that account changes', async () => {
    expect((await card(BOB, 'admin')).code).toBe(404)
    await way.ask('PUT', '/cloud/users/admin', { as: 'admin:admin', form: { key: 'headline', value: 'Boss' } })
    expect((await card(BOB, 'admin')).code).toBe(200)
  })
})
