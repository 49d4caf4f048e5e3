import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import * as forms from './state.ts'

const field = s.object(
  { id: s.string(), title: s.words(), type: s.string(), default: s.any(), options: s.list(s.any()), value: s.any() },
  'allow',
)

export const getForms = defineEndpoint({
  id: 'settings-declarative_settings-get-forms',
  app: 'settings',
  method: 'GET',
  path: '/settings/api/declarative/forms',
  since: 29,
  access: 'user',
  summary: 'The forms of settings that apps describe, with the values of their fields',
  output: s.list(
    s.object({
      id: s.string(),
      priority: s.int(),
      section_type: s.literal('admin', 'personal'),
      section_id: s.string(),
      storage_type: s.literal('internal', 'external'),
      title: s.words(),
      description: s.optional(s.string()),
      doc_url: s.optional(s.string()),
      fields: s.list(field),
      app: s.string(),
    }),
  ),
  handle: async ({ me, world, profile, catalogue, ok, crash }) => {
    const shown = await forms.list({ me, world, profile, catalogue })
    return shown === 'broken-form' ? crash() : ok(shown)
  },
})

const input = { app: p.string(), formId: p.string(), fieldId: p.string(), value: p.mixed() }
const failures = { 400: '', 403: 'Logged in user does not have permission to access these settings.' } as const
const probe = { app: 'none', formId: 'none', fieldId: 'none', value: 'none' }

type Save = HandlerArguments<'/', typeof input, typeof failures>

async function save({ input, me, world, profile, catalogue, ok, fail }: Save) {
  const outcome = await forms.setValue({ me, world, profile, catalogue }, input)
  return outcome === 'set' ? ok(null) : fail(outcome === 'not-allowed' ? 403 : 400)
}

export const setValue = defineEndpoint({
  id: 'settings-declarative_settings-set-value',
  app: 'settings',
  method: 'POST',
  path: '/settings/api/declarative/value',
  since: 29,
  access: 'at-least-subadmin',
  denial: '',
  summary: 'Keep the value of a field',
  input,
  output: s.null(),
  failures,
  probe,
  handle: save,
})

export const setSensitiveValue = defineEndpoint({
  id: 'settings-declarative_settings-set-sensitive-value',
  app: 'settings',
  method: 'POST',
  path: '/settings/api/declarative/value-sensitive',
  since: 32,
  access: 'at-least-subadmin',
  denial: '',
  passwordConfirmation: true,
  summary: 'Keep the value of a field that is a secret',
  input,
  output: s.null(),
  failures,
  probe,
  handle: save,
})
