import { type CapabilityArguments, defineCapabilities } from '#app/capabilities.ts'
import { elementColor, needsDarkText, type Readability, textColorOn } from '#lib/color.ts'
import { byRelease } from '#lib/releases.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import { find } from '#world/settings/apps.ts'
import { versionOf } from '#world/settings/version.ts'
import * as theming from './state.ts'

/** Shipped pictures by their files. */
export const themingBackgrounds = defineProfileData<Readonly<Record<string, unknown>>>('theming-backgrounds')

/** By what it is judged whether white text can be read. */
const READABLE_BY = byRelease<Readability>('luma', { 32: 'contrast' })

export const SLOGAN = 'a safe home for all your data'
const HOMEPAGE = 'https://nextcloud.com'

/** How the instance looks, and to someone who is logged in, how it looks to them. */
export const capabilities = defineCapabilities({
  public: true,
  members: {
    'theming/productName': { since: 32 },
    'theming/background-text': { since: 32 },
    'theming/imprintUrl': { since: 34 },
    'theming/privacyUrl': { since: 34 },
    'theming/primaryColor': { since: 34 },
    'theming/backgroundColor': { since: 34 },
    'theming/defaultPrimaryColor': { since: 34 },
    'theming/defaultBackgroundColor': { since: 34 },
    'theming/inverted': { since: 34 },
    'theming/cacheBuster': { since: 34 },
    'theming/enabledThemes': { since: 34 },
  },
  data: [themingBackgrounds],
  build: (args) => {
    const { world, profile, actor } = args
    const color = theming.colorFor(world, 'primary_color', actor.userId)
    const backgroundColor = theming.colorFor(world, 'background_color', actor.userId)
    const logo = logoOf(args)
    const mime = theming.imageMime(world, 'background')
    return {
      theming: {
        name: theming.instanceName(world, profile.productName),
        productName: theming.productName(world, profile.productName),
        url: theming.homepage(world, HOMEPAGE),
        imprintUrl: theming.imprintUrl(world),
        privacyUrl: theming.privacyUrl(world),
        slogan: theming.slogan(world, SLOGAN),
        color,
        'color-text': textColorOn(color, READABLE_BY.at(profile.release)),
        'color-element': elementColor(color, 'any'),
        'color-element-bright': elementColor(color, 'any'),
        'color-element-dark': elementColor(color, 'dark'),
        logo,
        ...background(args, backgroundColor),
        'background-default': mime === '' || mime === 'backgroundColor',
        logoheader: logo,
        favicon: logo,
        primaryColor: color,
        backgroundColor,
        defaultPrimaryColor: theming.instanceColor(world, 'primary_color'),
        defaultBackgroundColor: theming.instanceColor(world, 'background_color'),
        inverted: needsDarkText(color),
        cacheBuster: theming.cacheBuster(world, actor.userId, {
          server: versionOf(world, profile).versionString,
          theming: find(world, 'theming')?.version ?? '',
        }),
        enabledThemes: theming.enabledThemes(world, actor.userId),
      },
    }
  },
})

function logoOf({ world, request }: CapabilityArguments): string {
  const version = `v=${theming.changes(world)}`
  return theming.imageMime(world, 'logo') === ''
    ? `${request.baseUrl}/core/img/logo/logo.svg?${version}`
    : `${request.baseUrl}/index.php/apps/theming/image/logo?useSvg=1&${version}`
}

function background(args: CapabilityArguments, color: string) {
  const { address, plain } = ownBackground(args, color) ?? instanceBackground(args, color)
  return {
    background: address,
    'background-text': textColorOn(color, READABLE_BY.at(args.profile.release)),
    'background-plain': plain,
  }
}

interface Background {
  readonly address: string
  readonly plain: boolean
}

function instanceBackground({ world, request }: CapabilityArguments, color: string): Background {
  const mime = theming.imageMime(world, 'background')
  if (mime === 'backgroundColor' || (mime === '' && color !== theming.DEFAULT_COLOR.at(world.release)))
    return { address: color, plain: true }
  const path =
    mime === ''
      ? `/apps/theming/img/background/${theming.DEFAULT_BACKGROUND.at(world.release)}`
      : `/index.php/apps/theming/image/background?v=${theming.changes(world)}`
  return { address: request.baseUrl + path, plain: false }
}

/** The address of a shipped picture has no host in front (Nextcloud 34.0.1, source). */
function ownBackground({ world, profile, actor, request }: CapabilityArguments, color: string): Background | null {
  const chosen = actor.userId === null ? 'default' : theming.backgroundOf(world, actor.userId)
  if (chosen === 'default') return null
  if (chosen === 'custom') return { address: `${request.baseUrl}/index.php/apps/theming/background`, plain: false }
  if (Object.hasOwn(themingBackgrounds.of(profile), chosen))
    return { address: `/apps/theming/img/background/${chosen}`, plain: false }
  return { address: color, plain: true }
}
