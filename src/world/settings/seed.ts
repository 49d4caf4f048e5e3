import { didYouMean } from '#lib/did-you-mean.ts'
import { SeedError } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import type { World } from '../world.ts'
import * as apps from './apps.ts'
import * as config from './config.ts'

const ids = (description: string) => s.optional(s.described(description, s.list(s.nameOf('app', s.string()))))

export const appsSeedSchema = s.object({ enabled: ids('apps that are on'), disabled: ids('apps that are off') })

/** An app's setting: its text, or its text with a type; booleans are `1` and `0`, arrays are JSON. */
const appConfigSchema = s.union(
  s.string(),
  s.object({
    value: s.described('its text', s.string()),
    type: s.optional(
      s.described('what the text is of', s.literal('mixed', 'string', 'integer', 'float', 'boolean', 'array')),
    ),
    lazy: s.optional(s.described('it is loaded when it is asked for', s.bool())),
    sensitive: s.optional(s.described('lists do not show it', s.bool())),
  }),
)

export const configSeedSchema = s.object({
  system: s.optional(s.described('`config.php`', s.record(s.json()))),
  apps: s.optional(
    s.described(
      'settings of apps: app, key, value; a plain value is stored as `occ config:app:set` stores it',
      s.record(s.record(appConfigSchema)),
    ),
  ),
})

/** Enable and disable apps of a starting world. */
export function seedApps(world: World, { enabled = [], disabled = [] }: Infer<typeof appsSeedSchema>): void {
  enabled.forEach((app, i) => {
    if (apps.enable(world, app) === 'unknown') {
      throw new SeedError(
        ['enabled', i],
        `there is no app "${app}". ${didYouMean(app, apps.available(world), `There are: ${apps.available(world).toSorted().join(', ')}.`)}`,
      )
    }
  })
  disabled.forEach((app, i) => {
    if (apps.disable(world, app) === 'always-enabled')
      throw new SeedError(['disabled', i], `"${app}" cannot be disabled.`)
  })
}

/** Set values of `config.php` and settings of apps. */
export function seedConfig(world: World, { system = {}, apps = {} }: Infer<typeof configSeedSchema>): void {
  for (const [key, value] of Object.entries(system)) config.setSystem(world, key, value)
  for (const [app, values] of Object.entries(apps)) {
    for (const [key, value] of Object.entries(values)) {
      if (typeof value === 'string') config.setApp(world, app, key, value)
      else config.setApp(world, app, key, value.value, value)
    }
  }
}
