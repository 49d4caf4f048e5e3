import { enabledThemes } from '#handlers/theming/state.ts'
import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const SEED = { users: [{ id: 'alice', password: 'secret' }] }
const theme = (id: string) => `/apps/theming/api/v1/theme/${id}`

directly('themes', SEED, (way) => {
  const chosen = () => enabledThemes(way.ocs.world, 'alice')

  way.inEveryWay('are switched on and off', async () => {
    const on = await way.ask('PUT', `${theme('dark')}/enable`, { as: alice })
    expect(on.code).toBe(200)
    on.expectData([])
    expect(chosen()).toContain('dark')
    expect((await way.ask('DELETE', theme('dark'), { as: alice })).code).toBe(200)
    expect(chosen()).not.toContain('dark')
  })

  it('give way to others of their kind, not to fonts', async () => {
    for (const id of ['dark', 'opendyslexic', 'light']) await way.ask('PUT', `${theme(id)}/enable`, { as: alice })
    expect(chosen().toSorted()).toEqual(['light', 'opendyslexic'])
  })

  it('must exist', async () => {
    for (const [method, path] of [
      ['PUT', `${theme('none')}/enable`],
      ['DELETE', theme('none')],
    ] as const) {
      const answer = await way.ask(method, path, { as: alice })
      expect([answer.code, answer.message]).toEqual([400, 'Invalid theme id: none'])
    }
  })
})

directly('an enforced theme', { ...SEED, config: { system: { enforce_theme: 'dark' } } }, (way) => {
  it('cannot be left', async () => {
    for (const [method, path] of [
      ['PUT', `${theme('default')}/enable`],
      ['DELETE', theme('dark')],
    ] as const) {
      const answer = await way.ask(method, path, { as: alice })
      expect([answer.code, answer.message]).toEqual([403, 'Theme switching is disabled'])
    }
  })
})
