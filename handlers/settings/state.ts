import type { PhpArray, PhpValue } from '#lib/php.ts'
import { toBool } from '#lib/php.ts'
import * as exAppForms from '#world/exapps/forms.ts'
import * as apps from '#world/settings/apps.ts'
import { getAppBool, setApp } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** One field of a form, with the app setting that keeps its value. */
export interface FormField extends PhpArray {
  readonly id: string
  readonly stored: { readonly app: string; readonly key: string; readonly fallback: boolean }
}

/** A page of settings that an app describes instead of drawing it. */
export interface DeclarativeForm extends PhpArray {
  readonly id: string
  readonly priority: number
  readonly section_type: 'admin' | 'personal'
  readonly fields: readonly FormField[]
  readonly app: string
}

/** Who looks at forms or fills them in. */
export interface Reader {
  readonly userId: string
  readonly isAdmin: boolean
}

/**
 * The forms that someone may see, each field with its value; the most important first. One form of an ExApp that
 * cannot be spoils them all.
 */
export function list(world: World, forms: readonly DeclarativeForm[], reader: Reader): PhpArray[] | 'broken-form' {
  const theirs = exAppForms.forms(world)
  if (theirs === 'broken-form') return theirs
  const own = forms
    .filter((form) => apps.isEnabled(world, form.app))
    .map((form) => ({ ...form, fields: form.fields.map((field) => withValue(world, field)) }))
  return [...own, ...theirs.map((form) => exAppForms.withValues(world, form, reader.userId))]
    .filter((form) => reader.isAdmin || form.section_type !== 'admin')
    .toSorted((a, b) => Number(b.priority) - Number(a.priority))
}

function withValue(world: World, { stored, ...field }: FormField): PhpArray {
  return { ...field, value: Number(getAppBool(world, stored.app, stored.key, stored.fallback)) }
}

interface Wanted {
  readonly app: string
  readonly formId: string
  readonly fieldId: string
  readonly value: PhpValue
  readonly reader: Reader
}

/** Keep the value of a field. Under another form's id nothing happens, and that is no failure. */
export function setValue(
  world: World,
  forms: readonly DeclarativeForm[],
  { app, formId, fieldId, value, reader }: Wanted,
): 'set' | 'unknown-field' | 'not-allowed' {
  const theirs = exAppForms.forms(world)
  if (theirs === 'broken-form') return 'unknown-field'
  const external = theirs.find((one) => one.app === app && one.fields.some(({ id }) => id === fieldId))
  if (external) {
    if (external.section_type === 'admin' && !reader.isAdmin) return 'not-allowed'
    exAppForms.setValue(world, theirs, { app, formId, fieldId, value, userId: reader.userId })
    return 'set'
  }
  const form = forms.find((one) => one.app === app && one.fields.some(({ id }) => id === fieldId))
  if (!form || !apps.isEnabled(world, app)) return 'unknown-field'
  if (form.section_type === 'admin' && !reader.isAdmin) return 'not-allowed'
  if (form.id !== formId) return 'set'
  const { stored } = form.fields.find(({ id }) => id === fieldId)!
  setApp(world, stored.app, stored.key, toBool(value) ? '1' : '0', { type: 'boolean' })
  return 'set'
}
