import {
  defineProfileData,
  type SettingsField,
  type SettingsForm,
  type SettingsFormContext,
  type SettingsFormSchema,
} from '#app/index.ts'
import type { PhpArray, PhpValue } from '#lib/php.ts'
import { toBool } from '#lib/php.ts'
import type { ContributionSource } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import { isAdmin } from '#world/accounts/groups.ts'
import * as apps from '#world/settings/apps.ts'
import { getAppBool, setApp } from '#world/settings/config.ts'

/** A form as the profile has it: each field with the app setting that keeps its value. */
interface ReleasedForm extends SettingsFormSchema {
  readonly fields: readonly (SettingsField & {
    readonly stored: { readonly app: string; readonly key: string; readonly fallback: boolean }
  })[]
  readonly app: string
}

/** Forms that the release's apps describe. */
export const declarativeForms = defineProfileData<readonly ReleasedForm[]>('declarative-forms')

/** Who looks at forms or fills them in, and where the forms come from. */
export interface Reader extends SettingsFormContext {
  readonly profile: Profile
  readonly catalogue: ContributionSource
}

interface AppForm {
  readonly app: string
  readonly form: SettingsForm
}

/** The forms of all enabled apps: the profile's, then those that apps bring. */
async function allForms({ world, me, profile, catalogue }: Reader): Promise<AppForm[] | 'broken-form'> {
  const written = declarativeForms.of(profile)
  const all = written.filter(({ app }) => apps.isEnabled(world, app)).map(released)
  for (const { app, contribution } of await catalogue.gather('settingsForms')) {
    if (!apps.isEnabled(world, app)) continue
    const forms = contribution.forms({ world, me })
    if (forms === 'broken-form') return forms
    all.push(...forms.map((form) => ({ app: form.app ?? app, form })))
  }
  return all
}

function released({ app, ...schema }: ReleasedForm): AppForm {
  const placeOf = (fieldId: string) => schema.fields.find(({ id }) => id === fieldId)!.stored
  const form: SettingsForm = {
    schema: { ...schema, fields: schema.fields.map(({ stored: _, ...field }) => field as SettingsField) },
    value({ id }, { world }) {
      const { app, key, fallback } = placeOf(id)
      return Number(getAppBool(world, app, key, fallback))
    },
    setValue({ id }, value, { world }) {
      const { app, key } = placeOf(id)
      setApp(world, app, key, toBool(value) ? '1' : '0', { type: 'boolean' })
    },
  }
  return { app, form }
}

/**
 * The forms that someone may see, each field with its value; the most important first. One form that cannot be spoils
 * them all.
 */
export async function list(reader: Reader): Promise<PhpArray[] | 'broken-form'> {
  const all = await allForms(reader)
  if (all === 'broken-form') return all
  const admin = isAdmin(reader.world, reader.me)
  return all
    .filter(({ form }) => admin || form.schema.section_type !== 'admin')
    .map((one) => withValues(one, reader))
    .sort((a, b) => Number(b.priority) - Number(a.priority))
}

/** The form as it is listed: the app behind its own members, and every field with its value. */
function withValues({ app, form }: AppForm, { world, me }: Reader): PhpArray {
  const { app: _, ...schema } = form.schema
  const fields = form.schema.fields.map((field): PhpArray => ({ ...field, value: form.value(field, { world, me }) }))
  return { ...schema, fields, app }
}

interface FilledIn {
  readonly app: string
  readonly formId: string
  readonly fieldId: string
  readonly value: PhpValue
}

/** Keep the value of a field. Under another form's id nothing happens, and that is no failure. */
export async function setValue(
  reader: Reader,
  { app, formId, fieldId, value }: FilledIn,
): Promise<'set' | 'unknown-field' | 'not-allowed'> {
  const { world, me } = reader
  const all = await allForms(reader)
  if (all === 'broken-form') return 'unknown-field'
  for (const { app: owner, form } of all) {
    const field = owner === app ? form.schema.fields.find(({ id }) => id === fieldId) : undefined
    if (!field) continue
    if (form.schema.section_type === 'admin' && !isAdmin(world, me)) return 'not-allowed'
    if (form.schema.id === formId) form.setValue(field, value, { world, me })
    return 'set'
  }
  return 'unknown-field'
}
