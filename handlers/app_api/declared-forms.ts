import { defineSettingsForm, type SettingsField, type SettingsForm, type SettingsFormContext } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import { isNumeric, jsonEncode, type PhpArray, type PhpValue } from '#lib/php.ts'
import { unreadable } from '#world/exapps/config.ts'
import * as registrations from '#world/exapps/registrations.ts'

const TEXT_TYPES = ['text', 'password']
const CHOICES = ['multi-select', 'multi-checkbox', 'radio', 'select']
const TYPES = [...TEXT_TYPES, ...CHOICES, 'checkbox', 'url', 'email', 'number', 'tel']

/** The forms of all enabled ExApps; one that misses something, or repeats the id of a field, spoils them all. */
export const exAppForms = defineSettingsForm(({ world }) => {
  const registered = registrations.ofEnabled(world, 'settings-form')
  const all = registered.flatMap(({ exApp, data }) => (isSchema(data) ? [formOf(exApp, data)] : []))
  if (all.length < registered.length) return 'broken-form'
  const fields = all.flatMap(({ app, schema }) => schema.fields.map(({ id }) => `${app}/${id}`))
  return new Set(fields).size === fields.length ? all : 'broken-form'
})

type Schema = SettingsForm['schema']

const isThere = (value: unknown) => value !== undefined && value !== null

function isSchema(schema: JsonObject): schema is JsonObject & Schema {
  return (
    ['admin', 'personal'].includes(String(schema.section_type)) &&
    isThere(schema.section_id) &&
    isThere(schema.title) &&
    Array.isArray(schema.fields) &&
    schema.fields.every(isField)
  )
}

function isField(field: PhpArray): boolean {
  const type = String(field.type)
  if (!isThere(field.id) || !isThere(field.title) || !TYPES.includes(type)) return false
  if (field.sensitive === true && !TEXT_TYPES.includes(type)) return false
  return !CHOICES.includes(type) || Array.isArray(field.options)
}

/** What is filled in is kept among the settings of the ExApp, or the account's preferences. */
function formOf(app: string, schema: Schema): SettingsForm {
  const isAdmin = schema.section_type === 'admin'
  const kind = isAdmin ? 'config' : 'preference'
  const keyOf = ({ id }: SettingsField, { me }: SettingsFormContext) => (isAdmin ? [id] : [me, id])
  return {
    app,
    schema,
    value: (field, context) =>
      currentValue(registrations.get(context.world, kind, app, keyOf(field, context))?.data, field),
    setValue: (field, value, context) =>
      void registrations.put(context.world, kind, app, keyOf(field, context), kept(field, value, context)),
  }
}

/** What was kept, or else the default: lists and numbers as JSON. */
function currentValue(data: JsonObject | undefined, { default: fallback }: SettingsField): PhpValue {
  if (data) return data.secret ?? data.value
  if (isNumeric(fallback) || (typeof fallback === 'object' && fallback !== null)) return jsonEncode(fallback)
  return fallback ?? null
}

/** Secrets are kept unreadable and shown only in the form. */
function kept({ id, sensitive }: SettingsField, value: PhpValue, { world }: SettingsFormContext) {
  const text = asText(value)
  return sensitive === true
    ? { key: id, value: unreadable(world), sensitive: 0, secret: text }
    : { key: id, value: text, sensitive: 0 }
}

/** A value as a column of texts takes it from PHP: lists turn into a word. */
const asText = (value: PhpValue): string =>
  typeof value === 'object' && value !== null
    ? 'Array'
    : value === true
      ? '1'
      : value === false
        ? ''
        : String(value ?? '')
