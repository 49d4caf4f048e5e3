import type { Answer } from '#line/call.ts'
import type { Actor } from '#line/identify.ts'
import type { World } from '#world/world.ts'
import * as access from './state/access.ts'
import * as forms from './state/forms.ts'
import type { Form, Question } from './state/records.ts'

/** What an operation has that looks for its form. */
export interface Asking {
  readonly world: World
  readonly actor: Actor
  abort(answer: Answer): never
  fail(code: 403, message?: string): never
}

/**
 * Where there is no such form, the status is all that there is of an answer (Forms 5.3.0 in Nextcloud 34.0.1, asked),
 * and where it is another's, a failure without a word.
 */
const NO_FORM: Answer = { status: 404, headers: [['Content-Type', 'text/html; charset=UTF-8']], body: '' }
export const NOT_ALLOWED = ''

export const LOCKED = 'Form is currently locked by another user.'
export const ARCHIVED = 'This form is archived and can not be modified'

const RIGHTS = {
  open: access.hasAccess,
  edit: access.mayEdit,
  results: access.maySeeResults,
  deleteResults: access.mayDeleteResults,
  own: (_world: World, form: Form, userId: string) => form.ownerId === userId,
}

/** The form that is asked for, if the caller may do this to it. */
export function formFor({ world, actor, abort, fail }: Asking, id: number, right: keyof typeof RIGHTS): Form {
  const form = forms.find(world, id)
  if (!form) return abort(NO_FORM)
  return actor.userId !== null && RIGHTS[right](world, form, actor.userId) ? form : fail(403, NOT_ALLOWED)
}

/** A form that takes answers, for whoever may give them. @param link the token of a link that leads to it */
export function formToAnswer(args: Asking, id: number, link: string): Form {
  const { world, actor, abort, fail } = args
  const form = forms.find(world, id)
  if (!form) return abort(NO_FORM)
  const isPublic = link !== '' && access.findLink(world, link)?.formId === id
  if (!isPublic && !access.hasAccess(world, form, actor.userId)) return fail(403, NOT_ALLOWED)
  return forms.isOver(world, form) ? fail(403, 'This form is no longer taking answers') : form
}

/** A form that the caller changes, with the lock that comes with it. */
export function formToEdit(args: Asking, id: number): { readonly form: Form; readonly lock: Partial<Form> } {
  const form = formFor(args, id, 'edit')
  const lock = lockFor(args, form)
  return forms.isArchived(form) ? args.fail(403, ARCHIVED) : { form, lock }
}

/** The caller's lock of a form. */
export function lockFor({ world, actor, fail }: Asking, form: Form): Partial<Form> {
  const lock = forms.lockFor(world, form, actor.userId!)
  return lock === 'locked' ? fail(403, LOCKED) : lock
}

/** A question of a form; `missing`: there is none of this id, `of-another`: it is in another form. */
export function questionIn(world: World, formId: number, id: number): Question | 'missing' | 'of-another' {
  const question = forms.findQuestion(world, id)
  if (!question) return 'missing'
  return question.formId === formId ? question : 'of-another'
}
