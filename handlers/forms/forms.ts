import { defineEndpoint, p, s, users } from '#app/index.ts'
import { type Asking, formFor, LOCKED, lockFor, NOT_ALLOWED } from './guard.ts'
import { readChanges } from './read-changes.ts'
import { formSchema, partialFormSchema, showForm, showPartialForm } from './show.ts'
import * as access from './state/access.ts'
import { removeUploadsOf } from './state/files.ts'
import * as forms from './state/forms.ts'
import { type Form, removeForm, STATE } from './state/records.ts'
import { writeResults } from './write-results.ts'

export const BASE = { app: 'forms', access: 'user' } as const
export const FORMS = '/apps/forms/api/v3/forms'
export const FORM = `${FORMS}/{formId}` as const

export const getForms = defineEndpoint({
  ...BASE,
  id: 'forms-api-get-forms',
  method: 'GET',
  path: FORMS,
  summary: 'The forms of the caller, or those that others share with them',
  input: { type: p.string().default('owned').oneOf('owned', 'shared') },
  output: s.list(partialFormSchema),
  failures: { 400: 'wrong form type supplied' },
  handle: ({ input, me, world, ok, fail }) => {
    if (input.type !== 'owned' && input.type !== 'shared') return fail(400)
    const all = input.type === 'owned' ? forms.ofOwner(world, me) : access.sharedWith(world, me)
    const isShown = (form: Form) => !forms.isOver(world, form) || access.maySeeResults(world, form, me)
    const shown = input.type === 'owned' ? all : all.filter(isShown)
    return ok(shown.map((form) => showPartialForm(world, form, me)))
  },
})

export const newForm = defineEndpoint({
  ...BASE,
  id: 'forms-api-new-form',
  method: 'POST',
  path: FORMS,
  summary: 'Make a form: an empty one, or one like another',
  input: { fromId: p.int().orNull().describe('The form to copy') },
  output: s.empty(),
  responses: { 201: formSchema },
  failures: { 403: ['This user is not allowed to create Forms.', NOT_ALLOWED] },
  handle: (args) => {
    const { input, me, world, fail, respond } = args
    if (!forms.mayCreate(world, me)) return fail(403)
    const made =
      input.fromId === null ? forms.add(world, me) : forms.copy(world, formFor(args, input.fromId, 'edit'), me)
    // What a form is, open or closed, is not known before it is read again.
    return respond(201, { ...showForm(world, made, me), state: null })
  },
})

export const getForm = defineEndpoint({
  ...BASE,
  id: 'forms-api-get-form',
  method: 'GET',
  path: FORM,
  summary: 'A form with its questions',
  input: { formId: p.int() },
  output: formSchema,
  failures: { 403: NOT_ALLOWED },
  handle: (args) => {
    const { input, me, world, ok } = args
    return ok(showForm(world, formFor(args, input.formId, 'open'), me))
  },
})

export const updateForm = defineEndpoint({
  ...BASE,
  id: 'forms-api-update-form',
  method: 'PATCH',
  path: FORM,
  summary: 'Change a form, lock it or unlock it, or give it to somebody else',
  input: { formId: p.int(), keyValuePairs: p.array() },
  output: s.union(s.int(), s.string()),
  failures: {
    400: [
      'Could not find new form owner',
      'Form is already locked completely.',
      'Invalid confirmationEmailQuestionId, will not update.',
      'confirmationEmailSubject exceeds maximum length of 255 characters.',
      'confirmationEmailBody exceeds maximum length of 8192 characters.',
    ],
    403: [
      NOT_ALLOWED,
      LOCKED,
      'Empty keyValuePairs, will not update.',
      'State may only be changed on its own',
      'Only the form owner can archive the form, and only if it is not already archived',
      'Only the form owner can unarchive the form, and only if it is currently archived',
      'Only the form owner can lock the form permanently',
      'Only the form owner or the user who obtained the lock can unlock the form',
      'Only the form owner can transfer ownership',
      ...['id', 'hash', 'ownerId', 'created', 'lastUpdated', 'lockedBy', 'lockedUntil', 'accessEnum', 'fileId'].map(
        (name) => `Not allowed to update ${name}`,
      ),
    ],
  },
  handle: (args) => {
    const { input, me, world, ok, fail, crash } = args
    const form = formFor(args, input.formId, 'edit')
    const pairs = Object.entries(input.keyValuePairs)
    if (pairs.length === 0) return fail(403, 'Empty keyValuePairs, will not update.')
    const given = Object.fromEntries(pairs)
    if ('state' in given) checkState(args, form, given.state, pairs.length)
    const [[key, value]] = pairs as [[string, unknown]]
    const isAlone = pairs.length === 1
    if (isAlone && key === 'lockedUntil' && value === 0) return ok(lock(args, form))
    if (isAlone && key === 'lockedUntil' && value === null) return ok(unlock(args, form))
    const held = lockFor(args, form)
    if (isAlone && key === 'ownerId') return ok(transfer(args, form, value))
    const changes = readChanges(world, form, given)
    if ('refused' in changes) return fail(changes.refused.code, changes.refused.message)
    if ('crash' in changes) return crash()
    const { path, fileFormat } = given
    const isLinked = typeof path === 'string' && typeof fileFormat === 'string'
    const file = isLinked
      ? writeResults(world, form, { userId: me, path, format: fileFormat, baseUrl: args.request.baseUrl })
      : null
    if (isLinked && file === null) return crash()
    const linked = file ? { fileId: file.node.id, fileFormat: fileFormat as string } : {}
    forms.change(world, form, { ...held, ...changes.changed, ...linked })
    return ok(form.id)
  },
})

type Changing = Omit<Asking, 'fail'> & { readonly me: string; fail(code: 400 | 403, message?: string): never }

/** Only on its own, and an end and a new beginning only by its owner. */
function checkState({ me, fail }: Changing, form: Form, state: unknown, count: number): void {
  if (count !== 1) fail(403, 'State may only be changed on its own')
  if (me === form.ownerId) return
  const isArchived = forms.isArchived(form)
  if (state === STATE.archived && !isArchived)
    fail(403, 'Only the form owner can archive the form, and only if it is not already archived')
  if (state === STATE.closed && isArchived)
    fail(403, 'Only the form owner can unarchive the form, and only if it is currently archived')
}

/** Lock a form until it is unlocked again. */
function lock({ world, me, fail }: Changing, form: Form): number {
  if (me !== form.ownerId || (form.lockedBy !== null && form.lockedBy !== me))
    return fail(403, 'Only the form owner can lock the form permanently')
  if (form.lockedUntil === 0) return fail(400, 'Form is already locked completely.')
  return forms.change(world, form, { lockedBy: form.ownerId, lockedUntil: 0 }).id
}

function unlock({ world, me, fail }: Changing, form: Form): number {
  if (me !== form.ownerId && me !== form.lockedBy && form.lockedUntil !== 0)
    return fail(403, 'Only the form owner or the user who obtained the lock can unlock the form')
  return forms.change(world, form, { lockedBy: null, lockedUntil: null }).id
}

function transfer({ world, me, fail }: Changing, form: Form, to: unknown): string {
  if (me !== form.ownerId) return fail(403, 'Only the form owner can transfer ownership')
  const owner = typeof to === 'string' ? users.find(world, to) : undefined
  if (!owner) return fail(400, 'Could not find new form owner')
  return forms.change(world, form, { ownerId: owner.id, lockedBy: null, lockedUntil: null }).ownerId
}

export const deleteForm = defineEndpoint({
  ...BASE,
  id: 'forms-api-delete-form',
  method: 'DELETE',
  path: FORM,
  summary: 'Remove a form with all that was answered',
  input: { formId: p.int() },
  output: s.int(),
  failures: { 403: NOT_ALLOWED },
  handle: (args) => {
    const { input, world, ok } = args
    const form = formFor(args, input.formId, 'own')
    removeUploadsOf(world, form)
    removeForm(world, form.id)
    return ok(form.id)
  },
})

/** What a browser asks first for a page of elsewhere: the real one cannot answer it (Forms 5.3.0, asked). */
export const preflightedCors = defineEndpoint({
  ...BASE,
  id: 'forms-api-preflighted-cors',
  method: 'OPTIONS',
  path: '/apps/forms/api/v3/{path:.+}',
  summary: 'Whether a page of elsewhere may ask',
  output: s.empty(),
  handle: ({ crash }) => crash(),
})
