import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import { findProfile } from '#profiles/index.ts'
import { isEnabled } from '#world/settings/apps.ts'

const PROFILE = findProfile()
const APP = 'files_external'

describe('a fresh installation', () => {
  it('has the apps enabled that its profile calls enabled', () => {
    const { world } = createOcsMock({ profile: PROFILE })
    const wrong = PROFILE.apps.filter(({ id, enabled }) => isEnabled(world, id) !== enabled)
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  it('needs nothing but the list of apps to enable one more', () => {
    const apps = PROFILE.apps.map((app) => (app.id === APP ? { ...app, enabled: true } : app))
    expect(isEnabled(createOcsMock({ profile: PROFILE }).world, APP)).toBe(false)
    expect(isEnabled(createOcsMock({ profile: { ...PROFILE, apps } }).world, APP)).toBe(true)
  })

  it('switches the apps that an installation names', () => {
    const installation = { ...PROFILE.installation, apps: { enabled: [APP], disabled: ['activity'] } }
    const { world } = createOcsMock({ profile: { ...PROFILE, installation } })
    expect(isEnabled(world, APP)).toBe(true)
    expect(isEnabled(world, 'activity')).toBe(false)
    expect(isEnabled(world, 'files_sharing')).toBe(true)
  })
})
