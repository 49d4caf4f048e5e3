import type { ContributionSource } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import { iconOf } from '#world/files/mime.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

/** An image that an app ships: `core`, `filetypes/text.svg`. */
export interface AppImage {
  readonly app: string
  readonly path: string
}

/** What the choice of an image may depend on. */
export interface ImageContext {
  readonly world: World
  readonly profile: Profile
  /** Who looks, or nobody in particular. */
  readonly me: string | null
}

/** Puts other images in the place of those that apps ship, as themes do. */
export interface ImageReplacement extends ReadsProfileData {
  readonly kind: 'image-replacement'
  /** Path on this server; `null`: the image stays as it is. */
  replace(image: AppImage, context: ImageContext): string | null
}

declare module '#line/contributions.ts' {
  interface Contributions {
    imageReplacements: ImageReplacement
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Which images it puts in the place of others. */
    readonly imageReplacements?: readonly ImageReplacement[]
  }
}

/**
 * Define which images stand in the place of those that apps ship.
 *
 * @example
 * defineImageReplacement(({ app, path }) => (app === 'core' ? `/index.php/apps/dark/img/${path}` : null))
 */
export const defineImageReplacement = (
  replace: ImageReplacement['replace'],
  { data = [] }: ReadsProfileData = {},
): ImageReplacement => ({ kind: 'image-replacement', data, replace })

interface Looking extends Omit<ImageContext, 'profile'> {
  /** What apps contribute. */
  readonly catalogue: ContributionSource
}

/** Path of an image on this server, or of what stands in its place. */
export async function imagePath(image: AppImage, { world, me, catalogue }: Looking): Promise<string> {
  for (const { app, contribution, profile } of await catalogue.gather('imageReplacements')) {
    const path = isEnabled(world, app) ? contribution.replace(image, { world, profile, me }) : null
    if (path !== null) return path
  }
  return image.app === 'core' ? `/core/img/${image.path}` : `/apps/${image.app}/img/${image.path}`
}

/** Path of the image that stands for files of a type. */
export const fileIcon = (mime: string, looking: Looking): Promise<string> =>
  imagePath({ app: 'core', path: `filetypes/${iconOf(mime)}.svg` }, looking)
