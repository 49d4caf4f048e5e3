import { defineEndpoint, p, s } from '#app/index.ts'
import * as theming from './state.ts'

const failures = { 400: 'Invalid theme id: …', 403: 'Theme switching is disabled' } as const

export const enableTheme = defineEndpoint({
  id: 'theming-user_theme-enable-theme',
  app: 'theming',
  method: 'PUT',
  path: '/apps/theming/api/v1/theme/{themeId}/enable',
  access: 'user',
  summary: 'See the pages in a theme; another one of its kind gives way',
  input: { themeId: p.string() },
  output: s.empty(),
  failures,
  probe: { themeId: 'dark' },
  handle: ({ input: { themeId }, me, world, ok, fail }) => {
    const outcome = theming.enableTheme(world, me, themeId)
    if (outcome === 'unknown') return fail(400, `Invalid theme id: ${themeId}`)
    return outcome === 'enforced' ? fail(403) : ok()
  },
})

export const disableTheme = defineEndpoint({
  id: 'theming-user_theme-disable-theme',
  app: 'theming',
  method: 'DELETE',
  path: '/apps/theming/api/v1/theme/{themeId}',
  access: 'user',
  summary: 'See the pages without a theme',
  input: { themeId: p.string() },
  output: s.empty(),
  failures,
  probe: { themeId: 'dark' },
  handle: ({ input: { themeId }, me, world, ok, fail }) => {
    const outcome = theming.disableTheme(world, me, themeId)
    if (outcome === 'unknown') return fail(400, `Invalid theme id: ${themeId}`)
    return outcome === 'enforced' ? fail(403) : ok()
  },
})
