import { defineInitialState } from '#app/index.ts'
import { isKeyed } from '#lib/php.ts'
import { getUser } from '#world/settings/config.ts'
import { capabilities, themingBackgrounds } from './capabilities.ts'

/** What scripts know of how the instance looks: most of what the capabilities say. */
const MEMBERS = [
  'name',
  'slogan',
  'url',
  'imprintUrl',
  'privacyUrl',
  'primaryColor',
  'backgroundColor',
  'defaultPrimaryColor',
  'defaultBackgroundColor',
  'inverted',
  'cacheBuster',
  'enabledThemes',
]

export const themingData = defineInitialState({
  public: true,
  data: [themingBackgrounds],
  provide: (context) => {
    const { theming } = capabilities.build(context)
    return { data: isKeyed(theming) ? Object.fromEntries(MEMBERS.map((name) => [name, theming[name]])) : {} }
  },
})

export const shortcuts = defineInitialState({
  provide: ({ world, actor }) => ({
    shortcutsDisabled: getUser(world, actor.userId!, 'theming', 'shortcuts_disabled', 'no') === 'yes',
  }),
})
