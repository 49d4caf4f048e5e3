import { defineEndpoint, p, s } from '#app/index.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { toInt, toText } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import { BASE, FORM } from './forms.ts'
import { ARCHIVED, formToEdit, LOCKED, NOT_ALLOWED, questionIn } from './guard.ts'
import { hasTwice, ordersOf } from './questions.ts'
import { optionSchema, showOption } from './show.ts'
import * as forms from './state/forms.ts'
import type { Option } from './state/records.ts'

const OPTIONS = `${FORM}/questions/{questionId}/options` as const
const OPTION = `${OPTIONS}/{optionId}` as const
const EDIT_FAILURES = [NOT_ALLOWED, LOCKED, ARCHIVED] as const
const NO_MATCH = "The given option id doesn't match the question or form."
const NONE = 'Could not find option or question'

export const newOption = defineEndpoint({
  ...BASE,
  id: 'forms-api-new-option',
  method: 'POST',
  path: OPTIONS,
  summary: 'Add options to a question',
  input: {
    formId: p.int(),
    questionId: p.int(),
    optionTexts: p.array(),
    optionType: p.string().orNull().default('choice').oneOf('choice', 'row', 'column'),
  },
  output: s.empty(),
  responses: { 201: s.list(optionSchema) },
  failures: {
    400: 'This question is not part ot the given form',
    403: EDIT_FAILURES,
    404: 'Could not find question',
  },
  handle: (args) => {
    const { input, world, fail, respond } = args
    const { form, lock } = formToEdit(args, input.formId)
    const question = questionIn(world, form.id, input.questionId)
    if (question === 'missing') return fail(404)
    if (question === 'of-another') return fail(400)
    const { optionType } = input
    const last = forms.optionsOf(world, question.id, optionType).at(-1)?.order ?? 0
    const texts = Object.values(input.optionTexts as JsonObject)
    const made = texts.map((text, i) =>
      forms.addOption(world, { questionId: question.id, order: last + 1 + i, text: toText(text), optionType }),
    )
    forms.change(world, form, lock)
    return respond(201, made.map(showOption))
  },
})

/** An option with its question; `missing`: one of them is not there, `no-match`: they do not belong together. */
function optionIn(world: World, formId: number, questionId: number, id: number): Option | 'missing' | 'no-match' {
  const option = forms.findOption(world, id)
  const question = questionIn(world, formId, questionId)
  if (!option || question === 'missing') return 'missing'
  return question === 'of-another' || option.questionId !== questionId ? 'no-match' : option
}

/** What can be changed in an option, and what is kept of what was sent. */
const CASTS: Readonly<Record<string, (value: Json) => Partial<Option>>> = {
  text: (value) => ({ text: toText(value) }),
  order: (value) => ({ order: toInt(value) }),
  optionType: (value) => ({ optionType: value === null ? null : toText(value) }),
}

export const updateOption = defineEndpoint({
  ...BASE,
  id: 'forms-api-update-option',
  method: 'PATCH',
  path: OPTION,
  summary: 'Change an option',
  input: { formId: p.int(), questionId: p.int(), optionId: p.int(), keyValuePairs: p.array() },
  output: s.int(),
  failures: {
    400: NO_MATCH,
    403: [...EDIT_FAILURES, 'Empty keyValuePairs, will not update', 'Not allowed to update id or questionId'],
    404: NONE,
  },
  handle: (args) => {
    const { input, world, ok, fail, crash } = args
    const { form, lock } = formToEdit(args, input.formId)
    const option = optionIn(world, form.id, input.questionId, input.optionId)
    if (option === 'missing') return fail(404)
    if (option === 'no-match') return fail(400)
    const pairs = Object.entries(input.keyValuePairs as JsonObject)
    if (pairs.length === 0) return fail(403, 'Empty keyValuePairs, will not update')
    if (pairs.some(([name]) => name === 'id' || name === 'questionId'))
      return fail(403, 'Not allowed to update id or questionId')
    if (pairs.some(([name]) => !Object.hasOwn(CASTS, name))) return crash()
    forms.putOption(world, Object.assign({ ...option }, ...pairs.map(([name, value]) => CASTS[name]!(value))))
    forms.change(world, form, lock)
    return ok(option.id)
  },
})

export const deleteOption = defineEndpoint({
  ...BASE,
  id: 'forms-api-delete-option',
  method: 'DELETE',
  path: OPTION,
  summary: 'Remove an option',
  input: { formId: p.int(), questionId: p.int(), optionId: p.int() },
  output: s.int(),
  failures: { 400: [NONE, NO_MATCH], 403: EDIT_FAILURES },
  handle: (args) => {
    const { input, world, ok, fail } = args
    const { form, lock } = formToEdit(args, input.formId)
    const option = optionIn(world, form.id, input.questionId, input.optionId)
    if (option === 'missing') return fail(400, NONE)
    if (option === 'no-match') return fail(400, NO_MATCH)
    forms.removeOption(world, option)
    const left = forms.optionsOf(world, option.questionId)
    for (const [i, other] of left.entries()) forms.putOption(world, { ...other, order: i + 1 })
    forms.change(world, form, lock)
    return ok(option.id)
  },
})

export const reorderOptions = defineEndpoint({
  ...BASE,
  id: 'forms-api-reorder-options',
  method: 'PATCH',
  path: OPTIONS,
  summary: 'Put the options of a question in another order',
  input: {
    formId: p.int(),
    questionId: p.int(),
    newOrder: p.array(),
    optionType: p.string().orNull().oneOf('choice', 'row', 'column'),
  },
  output: s.record(s.object({ order: s.int() })),
  failures: {
    400: [
      "The given question id doesn't match the form.",
      'The given array contains duplicates',
      'The length of the given array does not match the number of stored options',
      'This option is not part of the given question',
    ],
    403: EDIT_FAILURES,
    404: ['Could not find question', 'Could not find option'],
  },
  handle: (args) => {
    const { input, world, ok, fail } = args
    const { form, lock } = formToEdit(args, input.formId)
    const question = questionIn(world, form.id, input.questionId)
    if (question === 'missing') return fail(404, 'Could not find question')
    if (question === 'of-another') return fail(400, "The given question id doesn't match the form.")
    const ids = Object.values(input.newOrder as JsonObject)
    if (hasTwice(ids)) return fail(400, 'The given array contains duplicates')
    if (ids.length !== forms.optionsOf(world, question.id, input.optionType).length)
      return fail(400, 'The length of the given array does not match the number of stored options')
    const options = ids.map((id) => {
      const option = forms.findOption(world, toInt(id))
      if (!option) return fail(404, 'Could not find option')
      return option.questionId === question.id ? option : fail(400, 'This option is not part of the given question')
    })
    const ordered = options.map((option, i) => forms.putOption(world, { ...option, order: i + 1 }))
    forms.change(world, form, lock)
    return ok(ordersOf(ordered))
  },
})
