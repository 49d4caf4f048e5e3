import { files, s, users } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import { EMPTY_OBJECT, type PhpArray } from '#lib/php.ts'
import { recipientName } from '#world/sharing/recipients.ts'
import type { ShareType } from '#world/sharing/share.ts'
import type { World } from '#world/world.ts'
import * as access from './state/access.ts'
import * as forms from './state/forms.ts'
import { ACCESS, type Answer, type Form, type FormShare, type Option, type Question, STATE } from './state/records.ts'
import * as submissions from './state/submissions.ts'

export const optionSchema = s.object({
  id: s.int(),
  questionId: s.int(),
  order: s.int(),
  text: s.string(),
  optionType: s.nullable(s.string()),
})

export const questionSchema = s.object({
  id: s.int(),
  formId: s.int(),
  order: s.int(),
  type: s.string(),
  isRequired: s.bool(),
  text: s.string(),
  name: s.string(),
  description: s.string(),
  extraSettings: s.json(),
  options: s.list(optionSchema),
  accept: s.list(s.string()),
})

export const shareSchema = s.object({
  id: s.int(),
  formId: s.int(),
  shareType: s.int(),
  shareWith: s.string(),
  permissions: s.list(s.string()),
  displayName: s.string(),
})

const accessSchema = s.object({ permitAllUsers: s.bool(), showToAllUsers: s.bool() })

/** What a list says of a form. */
export const partialFormSchema = s.object({
  id: s.int(),
  hash: s.string(),
  title: s.string(),
  expires: s.int(),
  lastUpdated: s.int(),
  permissions: s.list(s.string()),
  partial: s.bool(),
  state: s.nullable(s.int()),
  lockedBy: s.nullable(s.string()),
  lockedUntil: s.nullable(s.int()),
  submissionCount: s.optional(s.int()),
})

export const formSchema = s.object({
  id: s.int(),
  hash: s.string(),
  title: s.string(),
  description: s.string(),
  ownerId: s.string(),
  fileId: s.nullable(s.int()),
  fileFormat: s.nullable(s.string()),
  created: s.int(),
  access: accessSchema,
  expires: s.int(),
  isAnonymous: s.bool(),
  submitMultiple: s.bool(),
  allowEditSubmissions: s.bool(),
  showExpiration: s.bool(),
  lastUpdated: s.int(),
  submissionMessage: s.nullable(s.string()),
  state: s.nullable(s.int()),
  lockedBy: s.nullable(s.string()),
  lockedUntil: s.nullable(s.int()),
  maxSubmissions: s.nullable(s.int()),
  confirmationEmailEnabled: s.bool(),
  confirmationEmailSubject: s.nullable(s.string()),
  confirmationEmailBody: s.nullable(s.string()),
  confirmationEmailQuestionId: s.nullable(s.int()),
  allowComments: s.bool(),
  questions: s.list(questionSchema),
  shares: s.list(shareSchema),
  permissions: s.list(s.string()),
  canSubmit: s.bool(),
  isMaxSubmissionsReached: s.bool(),
  submissionCount: s.optional(s.int()),
  filePath: s.optional(s.nullable(s.string())),
})

/** A form as those see it who may open it. */
export function showForm(world: World, form: Form, userId: string | null): PhpArray {
  const permissions = access.permissionsOf(world, form, userId)
  const count = submissions.countSubmissions(world, form.id)
  return {
    ...inOrder(form),
    questions: forms.questionsOf(world, form.id).map((question) => listed(world, question)),
    shares: access.sharesOf(world, form.id).map((share) => showShare(world, share)),
    permissions,
    canSubmit: access.maySubmit(world, form, userId),
    isMaxSubmissionsReached: form.maxSubmissions !== null && count >= form.maxSubmissions,
    ...countFor(world, form, userId, permissions),
    ...(form.fileId ? { filePath: filePathOf(world, form) } : {}),
  }
}

/** The members that a form has by itself, in the order of its interface. */
function inOrder(form: Form): PhpArray {
  const { id, hash, title, description, ownerId, fileId, fileFormat, created, access: open, ...more } = form
  const { expires, isAnonymous, submitMultiple, allowEditSubmissions, showExpiration, lastUpdated } = more
  const { submissionMessage, state, lockedBy, lockedUntil, maxSubmissions } = more
  const { confirmationEmailEnabled, confirmationEmailSubject, confirmationEmailBody } = more
  const { confirmationEmailQuestionId, allowComments } = more
  return {
    ...{ id, hash, title, description, ownerId, fileId, fileFormat, created },
    access: { permitAllUsers: open !== ACCESS.none, showToAllUsers: open === ACCESS.showToAllUsers },
    ...{ expires, isAnonymous, submitMultiple, allowEditSubmissions, showExpiration, lastUpdated },
    ...{ submissionMessage, state, lockedBy, lockedUntil, maxSubmissions },
    ...{ confirmationEmailEnabled, confirmationEmailSubject, confirmationEmailBody },
    ...{ confirmationEmailQuestionId, allowComments },
  }
}

/** How many answered, for those who see results; who does not is told of what they answered. */
function countFor(world: World, { id }: Form, userId: string | null, permissions: readonly string[]): PhpArray {
  if (permissions.includes('results')) return { submissionCount: submissions.countSubmissions(world, id) }
  const own = userId === null ? 0 : submissions.countSubmissions(world, id, userId)
  return own > 0 ? { submissionCount: own } : {}
}

/** The path of the file that answers are written to, in its owner's files; `null`: it is gone. */
export function filePathOf(world: World, { fileId, ownerId }: Form): string | null {
  return (fileId === null ? undefined : files.entryOf(world, ownerId, fileId)?.path) ?? null
}

/** A form as a list shows it. */
export function showPartialForm(world: World, form: Form, userId: string): PhpArray {
  const { id, hash, title, expires, lastUpdated, state, lockedBy, lockedUntil } = form
  const permissions = access.permissionsOf(world, form, userId)
  const count = countFor(world, form, userId, permissions)
  const isOwnAlone = !permissions.includes('results') && count.submissionCount !== undefined
  return {
    id,
    hash,
    title,
    expires,
    lastUpdated,
    permissions: isOwnAlone ? [...permissions, 'results'] : permissions,
    partial: true,
    state: state ?? STATE.active,
    lockedBy,
    lockedUntil,
    ...count,
  }
}

/** A question in a list: where at least one option has to be chosen, it needs an answer. */
function listed(world: World, question: Question): PhpArray {
  const { type, extraSettings, isRequired } = question
  const hasLeast = type === 'multiple' && Number(extraSettings.optionsLimitMin ?? 0) > 0
  return showQuestion(world, { ...question, isRequired: isRequired || hasLeast })
}

export function showQuestion(world: World, question: Question): PhpArray {
  const { id, formId, order, type, isRequired, text, name, description, extraSettings } = question
  return {
    id,
    formId,
    order,
    type,
    isRequired,
    text,
    name,
    description,
    extraSettings,
    options: forms.optionsOf(world, id).map(showOption),
    accept: type === 'file' ? acceptedBy(extraSettings) : [],
  }
}

/** Settings of a question as its own operations answer them: an object, also where there are none. */
export const withSettings = (question: PhpArray): PhpArray => {
  const settings = question.extraSettings
  const isEmpty = typeof settings === 'object' && settings !== null && Object.keys(settings).length === 0
  return isEmpty ? { ...question, extraSettings: EMPTY_OBJECT } : question
}

/** The questions of a form as a list. */
export const showQuestions = (world: World, formId: number): PhpArray[] =>
  forms.questionsOf(world, formId).map((question) => withSettings(listed(world, question)))

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** What a browser lets somebody choose: types of files, then their endings. */
function acceptedBy({ allowedFileTypes, allowedFileExtensions }: JsonObject): string[] {
  const types = textsIn(allowedFileTypes).map((type) => (type.includes('/') ? type : `${type}/*`))
  return [...types, ...textsIn(allowedFileExtensions).map((extension) => `.${extension}`)]
}

export const showOption = ({ id, questionId, order, text, optionType }: Option): PhpArray => ({
  id,
  questionId,
  order,
  text,
  optionType,
})

export function showShare(world: World, share: FormShare): PhpArray {
  const { id, formId, shareType, shareWith, permissions } = share
  return { id, formId, shareType, shareWith, permissions, displayName: nameOf(world, share) }
}

/** What to call whom a form is shared with; nothing, where that is gone or a link. */
export function nameOf(world: World, { shareType, shareWith }: FormShare): string {
  if (shareType === access.SHARE.link) return ''
  if (shareType === access.SHARE.user) return users.find(world, shareWith)?.displayName ?? ''
  const name = recipientName(world, { type: shareType as ShareType, sharedWith: shareWith }) ?? ''
  // What a team is called elsewhere says who owns it too.
  return shareType === access.SHARE.team ? name.replace(/ \([^()]*\)$/, '') : name
}

export const showAnswer = ({ id, submissionId, fileId, questionId, text }: Answer): PhpArray => ({
  id,
  submissionId,
  fileId,
  questionId,
  text,
})

/** What to call who answered. */
export const submitterName = (world: World, userId: string): string =>
  userId.startsWith('anon-user-') ? 'Anonymous response' : (users.find(world, userId)?.displayName ?? userId)
