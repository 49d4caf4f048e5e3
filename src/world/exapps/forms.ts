import { isNumeric, jsonEncode, type PhpArray, type PhpValue } from '#lib/php.ts'
import type { World } from '../world.ts'
import { unreadable } from './config.ts'
import * as registrations from './registrations.ts'

interface Field extends PhpArray {
  readonly id: string
  readonly default: PhpValue
}

/** A form of settings that an ExApp described. */
export interface ExAppForm extends PhpArray {
  readonly app: string
  readonly id: string
  readonly section_type: string
  readonly fields: readonly Field[]
}

const TEXT_TYPES = ['text', 'password']
const CHOICES = ['multi-select', 'multi-checkbox', 'radio', 'select']
const TYPES = [...TEXT_TYPES, ...CHOICES, 'checkbox', 'url', 'email', 'number', 'tel']

/** The forms of all enabled ExApps; one that misses something, or repeats the id of a field, spoils them all. */
export function forms(world: World): readonly ExAppForm[] | 'broken-form' {
  const all = registrations
    .ofEnabled(world, 'settings-form')
    .map(({ exApp, data }) => ({ ...data, app: exApp }) as unknown as ExAppForm)
  if (!all.every(isForm)) return 'broken-form'
  const fields = all.flatMap((form) => form.fields.map(({ id }) => `${form.app}/${id}`))
  return new Set(fields).size === fields.length ? all : 'broken-form'
}

const isThere = (value: unknown) => value !== undefined && value !== null

const isForm = (form: PhpArray): boolean =>
  ['admin', 'personal'].includes(String(form.section_type)) &&
  isThere(form.section_id) &&
  isThere(form.title) &&
  Array.isArray(form.fields) &&
  form.fields.every(isField)

function isField(field: PhpArray): boolean {
  const type = String(field.type)
  if (!isThere(field.id) || !isThere(field.title) || !TYPES.includes(type)) return false
  if (field.sensitive === true && !TEXT_TYPES.includes(type)) return false
  return !CHOICES.includes(type) || Array.isArray(field.options)
}

/** The form as it is listed: the app behind its own members, and every field with its value. */
export function withValues(world: World, { app, ...form }: ExAppForm, userId: string): PhpArray {
  const fields: PhpArray[] = form.fields.map((field) => ({
    ...field,
    value: currentValue(world, { app, ...form } as ExAppForm, field, userId),
  }))
  return { ...form, fields, app }
}

/** What was kept, or else the default: lists and numbers as JSON. */
function currentValue(world: World, form: ExAppForm, field: Field, userId: string): PhpValue {
  const kept =
    form.section_type === 'admin' ? config(world, form.app, field.id) : preference(world, form.app, userId, field.id)
  if (kept) return (kept.data.secret ?? kept.data.value) as PhpValue
  const { default: fallback } = field
  if (isNumeric(fallback) || (typeof fallback === 'object' && fallback !== null)) return jsonEncode(fallback)
  return fallback ?? null
}

const config = (world: World, app: string, key: string) => registrations.get(world, 'config', app, [key])
const preference = (world: World, app: string, userId: string, key: string) =>
  registrations.get(world, 'preference', app, [userId, key])

interface Written {
  readonly app: string
  readonly formId: string
  readonly fieldId: string
  readonly value: PhpValue
  readonly userId: string
}

/**
 * Keep the value of a field where the ExApp asks for it: among its settings or the account's preferences. Secrets are
 * kept unreadable and shown only in the form. Under another form's id nothing happens.
 */
export function setValue(
  world: World,
  all: readonly ExAppForm[],
  { app, formId, fieldId, value, userId }: Written,
): void {
  const form = all.find((each) => each.app === app && each.id === formId)
  const field = form?.fields.find(({ id }) => id === fieldId)
  if (!form || !field) return
  const isSecret = field.sensitive === true
  const data = {
    key: fieldId,
    value: isSecret ? unreadable(world) : asText(value),
    sensitive: 0,
    ...(isSecret ? { secret: asText(value) } : {}),
  }
  if (form.section_type === 'admin') registrations.put(world, 'config', app, [fieldId], data)
  else registrations.put(world, 'preference', app, [userId, fieldId], data)
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
