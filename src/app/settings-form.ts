import type { PhpArray, PhpValue } from '#lib/php.ts'
import type { World } from '#world/world.ts'

/** A field as its app describes it; members besides these are passed on: `description`, `placeholder`, `label`, `options`, `sensitive`. */
export interface SettingsField extends PhpArray {
  /** Unique among all forms of the app. */
  readonly id: string
  readonly title: string
  /** `text`, `password`, `email`, `tel`, `url`, `number`, `checkbox`, `multi-checkbox`, `radio`, `select`, `multi-select`. */
  readonly type: string
  readonly default: PhpValue
}

/** A form as Nextcloud's declarative settings have it; members besides these are passed on: `description`, `doc_url`. */
export interface SettingsFormSchema extends PhpArray {
  readonly id: string
  /** The highest comes first. */
  readonly priority: number
  /** Whether administrators fill it in, or each account for itself. */
  readonly section_type: 'admin' | 'personal'
  readonly section_id: string
  readonly storage_type: 'internal' | 'external'
  readonly title: string
  readonly fields: readonly SettingsField[]
}

/** Where the values of a form's fields are. */
export interface SettingsFormContext {
  readonly world: World
  /** Who looks at it, or fills it in. */
  readonly me: string
}

/** A page of settings that an app describes instead of drawing it. */
export interface SettingsForm {
  readonly schema: SettingsFormSchema
  /** The app that it belongs to. Default: the one that contributes it. */
  readonly app?: string
  /** The value of a field. */
  value(field: SettingsField, context: SettingsFormContext): PhpValue
  /** Keep what was filled in, by somebody who may. */
  setValue(field: SettingsField, value: PhpValue, context: SettingsFormContext): void
}

/** Knows the forms of an app. */
export interface SettingsForms {
  readonly kind: 'settings-form'
  /** `broken-form`: one of them cannot be, which on the real server spoils those of all apps. */
  forms(context: SettingsFormContext): readonly SettingsForm[] | 'broken-form'
}

declare module '#line/contributions.ts' {
  interface Contributions {
    settingsForms: SettingsForms
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Its declarative settings. */
    readonly settingsForms?: readonly SettingsForms[]
  }
}

/**
 * Define a form of declarative settings, or what knows several of them.
 *
 * @example
 * defineSettingsForm({
 *   schema: {
 *     ...{ id: 'bookmarks-personal', section_type: 'personal', section_id: 'bookmarks', storage_type: 'external' },
 *     ...{ title: 'Bookmarks', priority: 10 },
 *     fields: [{ id: 'sort', title: 'Sort by', type: 'text', default: 'title' }],
 *   },
 *   value: ({ id, default: fallback }, { world, me }) => getUser(world, me, 'bookmarks', id, String(fallback)),
 *   setValue: ({ id }, value, { world, me }) => setUser(world, me, 'bookmarks', id, String(value)),
 * })
 */
export function defineSettingsForm(form: SettingsForm | SettingsForms['forms']): SettingsForms {
  return { kind: 'settings-form', forms: typeof form === 'function' ? form : () => [form] }
}
