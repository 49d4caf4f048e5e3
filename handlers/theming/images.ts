import { defineImageReplacement } from '#app/index.ts'
import * as apps from '#world/settings/apps.ts'
import { versionOf } from '#world/settings/version.ts'
import { cacheBuster } from './state.ts'

/** Pictures of types of files come in the colour of the viewer's theme. */
export const themedImages = defineImageReplacement(({ app, path }, { world, profile, me }) => {
  if (app !== 'core' || !path.startsWith('filetypes/')) return null
  const theming = apps.find(world, 'theming')?.version ?? ''
  const version = cacheBuster(world, me, { server: versionOf(world, profile).versionString, theming })
  return `/index.php/apps/theming/img/core/${path}?v=${version}`
})
