import type { Profile } from '#profiles/profile.ts'
import { iconOf } from '#world/files/mime.ts'
import * as apps from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { cacheBuster } from './state.ts'

/** Path of the picture that stands for files of a type, in the colour of the viewer's theme. */
export function fileIcon(mime: string, viewer: string | null, { world, profile }: Drawing): string {
  const picture = `/core/img/filetypes/${iconOf(mime)}.svg`
  if (!apps.isEnabled(world, 'theming')) return picture
  const theming = apps.find(world, 'theming')?.version ?? ''
  const version = cacheBuster(world, viewer, { server: profile.versionString, theming })
  return `/index.php/apps/theming/img${picture.replace('/img', '')}?v=${version}`
}

export interface Drawing {
  readonly world: World
  readonly profile: Profile
}
