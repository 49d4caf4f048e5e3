import { describe, expect, it } from 'vitest'
import { languageOf, learn } from '#world/accounts/languages.ts'
import * as users from '#world/accounts/users.ts'
import * as config from '#world/settings/config.ts'
import { World } from '#world/world.ts'

const REGIONS = { languages: ['de', 'de_DE', 'en', 'en_GB', 'es', 'pt_PT', 'zh_TW'], locales: [], timezones: [] }

function learned(accepted: string, system: Record<string, string> = {}): string {
  const world = new World()
  for (const [key, value] of Object.entries(system)) config.setSystem(world, key, value)
  users.add(world, { id: 'alice', password: 'x' })
  learn(world, 'alice', accepted, REGIONS)
  return languageOf(world, users.find(world, 'alice')!)
}

describe('the language that a request accepts', () => {
  it.each([
    ['de', 'de'],
    ['DE-de;q=0.1, es', 'de_DE'],
    ['de-AT', 'de'],
    ['xx, es-419', 'es'],
    ['pt', 'pt_PT'],
    ['zh-Hant-TW', 'zh_TW'],
    ['*', 'en'],
    ['', 'en'],
  ])('of "%s" is %s', (accepted, language) => {
    expect(learned(accepted)).toBe(language)
  })

  it('is formal German where the instance speaks that', () => {
    expect(learned('de', { default_language: 'de_DE' })).toBe('de_DE')
  })

  it('does not count where the instance forces one, and is not needed for its default', () => {
    expect(learned('de', { force_language: 'es' })).toBe('es')
    expect(learned('xx', { default_language: 'es' })).toBe('es')
  })

  it('is kept from then on', () => {
    const world = new World()
    users.add(world, { id: 'alice', password: 'x' })
    learn(world, 'alice', 'de', REGIONS)
    learn(world, 'alice', 'es', REGIONS)
    expect(users.find(world, 'alice')?.language).toBe('de')
    expect(languageOf(world, users.find(world, 'alice')!, 'es')).toBe('de')
  })
})
