import type { Profile } from '../../src/profiles/profile.ts'
import * as apps from '../../src/world/apps.ts'
import { iconOf } from '../../src/world/mime.ts'
import { cacheBuster } from '../../src/world/theming.ts'
import type { World } from '../../src/world/world.ts'

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
