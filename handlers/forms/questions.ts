import { defineEndpoint, p, s } from '#app/index.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { isPhpArray, type PhpValue, phpArray, toBool, toInt, toText } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import { areValidSettings, keptSettings } from './extra-settings.ts'
import { BASE, FORM } from './forms.ts'
import { ARCHIVED, formToEdit, LOCKED, NOT_ALLOWED, questionIn } from './guard.ts'
import { isEmail } from './read-changes.ts'
import { questionSchema, showOption, showQuestion, showQuestions, withSettings } from './show.ts'
import * as access from './state/access.ts'
import * as forms from './state/forms.ts'
import type { Form, Question } from './state/records.ts'

export const QUESTION_TYPES = [
  'color',
  'date',
  'datetime',
  'dropdown',
  'file',
  'grid',
  'linearscale',
  'long',
  'multiple',
  'multiple_unique',
  'ranking',
  'short',
  'time',
]

const QUESTIONS = `${FORM}/questions` as const
const QUESTION = `${QUESTIONS}/{questionId}` as const
const OF_ANOTHER = "Question doesn't belong to given form"
const OF_ANOTHER_FORM = "Question doesn't belong to given Form"
const EDIT_FAILURES = [NOT_ALLOWED, LOCKED, ARCHIVED] as const
const orderSchema = s.record(s.object({ order: s.int() }))
/** These two look for the form in their own words. */
const READ_FAILURES = { 403: 'User has no permissions to get this form', 404: 'Could not find form' } as const

interface Reading {
  readonly world: World
  readonly me: string
  fail(code: 403 | 404, message?: string): never
}

function readForm({ world, me, fail }: Reading, id: number): Form {
  const form = forms.find(world, id)
  if (!form) return fail(404, 'Could not find form')
  return access.hasAccess(world, form, me) ? form : fail(403, 'User has no permissions to get this form')
}

export const getQuestions = defineEndpoint({
  ...BASE,
  id: 'forms-api-get-questions',
  method: 'GET',
  path: QUESTIONS,
  summary: 'The questions of a form',
  input: { formId: p.int() },
  output: s.list(questionSchema),
  failures: READ_FAILURES,
  handle: (args) => {
    const { input, world, ok } = args
    return ok(showQuestions(world, readForm(args, input.formId).id))
  },
})

export const getQuestion = defineEndpoint({
  ...BASE,
  id: 'forms-api-get-question',
  method: 'GET',
  path: QUESTION,
  summary: 'One question',
  input: { formId: p.int(), questionId: p.int() },
  output: questionSchema,
  failures: { ...READ_FAILURES, 400: OF_ANOTHER, 404: ['Could not find form', "Question doesn't exist"] },
  handle: (args) => {
    const { input, world, ok, fail } = args
    const form = readForm(args, input.formId)
    const question = questionIn(world, form.id, input.questionId)
    if (question === 'missing') return fail(404, "Question doesn't exist")
    if (question === 'of-another') return fail(400)
    return ok(withSettings(showQuestion(world, question)))
  },
})

export const newQuestion = defineEndpoint({
  ...BASE,
  id: 'forms-api-new-question',
  method: 'POST',
  path: QUESTIONS,
  summary: 'Add a question: a new one, or one like another of the form',
  input: {
    formId: p.int(),
    type: p
      .string()
      .orNull()
      .oneOf(...QUESTION_TYPES),
    subtype: p.string().orNull().describe('What the cells of a grid are: radio, checkbox or number'),
    text: p.string().default(''),
    fromId: p.int().orNull().describe('The question to copy'),
    position: p.int().orNull().describe('Where it is to stand, counted from 1; without it, at the end'),
  },
  output: s.empty(),
  responses: { 201: questionSchema },
  failures: {
    400: ['Invalid type', 'Datetime question type no longer supported', OF_ANOTHER],
    403: EDIT_FAILURES,
    404: 'Could not find question',
  },
  handle: (args) => {
    const { input, world, fail, respond } = args
    const { form, lock } = formToEdit(args, input.formId)
    if (input.fromId !== null) {
      const original = questionIn(world, form.id, input.fromId)
      if (original === 'missing') return fail(404)
      if (original === 'of-another') return fail(400, OF_ANOTHER)
      const twin = forms.addQuestion(world, { ...original, order: makeRoom(world, form, input.position) })
      const options = forms.optionsOf(world, original.id)
      const copies = options.map((option) => forms.addOption(world, { ...option, questionId: twin.id }))
      forms.change(world, form, lock)
      const shown = showQuestion(world, twin)
      return respond(201, withSettings({ ...shown, options: copies.map(showOption), accept: [] }))
    }
    const { type, subtype, text } = input
    if (type === null || !QUESTION_TYPES.includes(type)) return fail(400, 'Invalid type')
    if (type === 'datetime') return fail(400, 'Datetime question type no longer supported')
    const question = forms.addQuestion(world, {
      formId: form.id,
      order: makeRoom(world, form, input.position),
      type,
      isRequired: false,
      text,
      name: '',
      description: '',
      extraSettings: subtype ? { questionType: subtype } : {},
    })
    forms.change(world, form, lock)
    return respond(201, withSettings(showQuestion(world, question)))
  },
})

/** The place of a new question. Those behind it move on. */
function makeRoom(world: World, form: Form, position: number | null): number {
  const questions = forms.questionsOf(world, form.id)
  const end = (questions.at(-1)?.order ?? 0) + 1
  if (position === null) return end
  const place = Math.min(Math.max(position, 1), end)
  for (const question of questions)
    if (question.order >= place) forms.putQuestion(world, { ...question, order: question.order + 1 })
  return place
}

/** What can be changed in a question, and what is kept of what was sent. */
const CASTS: Readonly<Record<string, (value: Json) => Partial<Question>>> = {
  type: (value) => ({ type: toText(value) }),
  isRequired: (value) => ({ isRequired: toBool(value) }),
  text: (value) => ({ text: toText(value) }),
  name: (value) => ({ name: toText(value) }),
  description: (value) => ({ description: toText(value) }),
  extraSettings: (value) => ({ extraSettings: keptSettings(value as JsonObject) }),
}

export const updateQuestion = defineEndpoint({
  ...BASE,
  id: 'forms-api-update-question',
  method: 'PATCH',
  path: QUESTION,
  summary: 'Change a question',
  input: { formId: p.int(), questionId: p.int(), keyValuePairs: p.array() },
  output: s.int(),
  failures: {
    400: [OF_ANOTHER_FORM, 'Empty keyValuePairs, will not update.', 'Invalid extraSettings, will not update.'],
    403: [...EDIT_FAILURES, "Not allowed to update 'id' or 'formId'", 'Please use reorderQuestions() to change order'],
    404: 'Could not find question',
  },
  handle: (args) => {
    const { input, world, ok, fail, crash } = args
    const { form, lock } = formToEdit(args, input.formId)
    const question = questionIn(world, form.id, input.questionId)
    if (question === 'missing') return fail(404)
    if (question === 'of-another') return fail(400, OF_ANOTHER_FORM)
    const pairs = Object.entries(input.keyValuePairs as JsonObject)
    if (pairs.length === 0) return fail(400, 'Empty keyValuePairs, will not update.')
    const given: JsonObject = Object.fromEntries(pairs)
    if ('id' in given || 'formId' in given) return fail(403, "Not allowed to update 'id' or 'formId'")
    if ('order' in given) return fail(403, 'Please use reorderQuestions() to change order')
    const { extraSettings } = given
    if (extraSettings !== undefined) {
      if (!isPhpArray(extraSettings)) return crash()
      if (!areValidSettings(extraSettings, question.type)) return fail(400, 'Invalid extraSettings, will not update.')
    }
    if (pairs.some(([name]) => !Object.hasOwn(CASTS, name))) return crash()
    const changed: Question = Object.assign({ ...question }, ...pairs.map(([name, value]) => CASTS[name]!(value)))
    forms.putQuestion(world, changed)
    const isAsked = form.confirmationEmailQuestionId === question.id
    const isLost = isAsked && !isEmail(changed.type, changed.extraSettings)
    forms.change(world, form, { ...lock, ...(isLost ? { confirmationEmailQuestionId: null } : {}) })
    return ok(question.id)
  },
})

export const deleteQuestion = defineEndpoint({
  ...BASE,
  id: 'forms-api-delete-question',
  method: 'DELETE',
  path: QUESTION,
  summary: 'Remove a question; what was answered stays',
  input: { formId: p.int(), questionId: p.int() },
  output: s.int(),
  failures: { 400: OF_ANOTHER_FORM, 403: EDIT_FAILURES, 404: 'Could not find question' },
  handle: (args) => {
    const { input, world, ok, fail } = args
    const { form, lock } = formToEdit(args, input.formId)
    const question = questionIn(world, form.id, input.questionId)
    if (question === 'missing') return fail(404)
    if (question === 'of-another') return fail(400)
    forms.putQuestion(world, { ...question, order: 0 })
    for (const other of forms.questionsOf(world, form.id))
      if (other.order > question.order) forms.putQuestion(world, { ...other, order: other.order - 1 })
    const isAsked = form.confirmationEmailQuestionId === question.id
    forms.change(world, form, { ...lock, ...(isAsked ? { confirmationEmailQuestionId: null } : {}) })
    return ok(question.id)
  },
})

export const reorderQuestions = defineEndpoint({
  ...BASE,
  id: 'forms-api-reorder-questions',
  method: 'PATCH',
  path: QUESTIONS,
  summary: 'Put the questions of a form in another order',
  input: { formId: p.int(), newOrder: p.array() },
  output: orderSchema,
  failures: {
    400: [
      'The given array contains duplicates',
      'The length of the given array does not match the number of stored questions',
      OF_ANOTHER_FORM,
      'One question has already been marked as deleted',
    ],
    403: EDIT_FAILURES,
    404: 'Could not find question',
  },
  handle: (args) => {
    const { input, world, ok, fail } = args
    const { form, lock } = formToEdit(args, input.formId)
    const ids = Object.values(input.newOrder as JsonObject)
    if (hasTwice(ids)) return fail(400, 'The given array contains duplicates')
    if (ids.length !== forms.questionsOf(world, form.id).length)
      return fail(400, 'The length of the given array does not match the number of stored questions')
    const questions = ids.map((id) => {
      const question = questionIn(world, form.id, toInt(id))
      if (question === 'missing') return fail(404)
      if (question === 'of-another') return fail(400, OF_ANOTHER_FORM)
      return question.order === 0 ? fail(400, 'One question has already been marked as deleted') : question
    })
    const ordered = questions.map((question, i) => forms.putQuestion(world, { ...question, order: i + 1 }))
    forms.change(world, form, lock)
    return ok(ordersOf(ordered))
  },
})

/** Whether something is in a list twice. */
export const hasTwice = (ids: readonly unknown[]): boolean => new Set(ids.map(String)).size !== ids.length

/** The new place of each, by its id. */
export const ordersOf = (all: readonly { readonly id: number; readonly order: number }[]): PhpValue =>
  phpArray(all.map(({ id, order }) => [id, { order }]))
