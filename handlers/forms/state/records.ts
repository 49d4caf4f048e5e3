import { defineTable, s } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import type { World } from '#world/world.ts'

/** A form: what is asked in it lies in its questions, who may see it in its shares. */
export interface Form {
  readonly id: number
  readonly hash: string
  readonly title: string
  readonly description: string
  readonly ownerId: string
  /** The file that answers are written to; `null`: none. */
  readonly fileId: number | null
  readonly fileFormat: string | null
  readonly created: number
  /** Whom it is open to besides its shares, see {@link ACCESS}. */
  readonly access: number
  readonly expires: number
  readonly isAnonymous: boolean
  readonly submitMultiple: boolean
  readonly allowEditSubmissions: boolean
  readonly showExpiration: boolean
  readonly lastUpdated: number
  readonly submissionMessage: string | null
  /** See {@link STATE}; any other number is kept too. */
  readonly state: number | null
  readonly lockedBy: string | null
  /** Seconds since 1970; 0: without an end. */
  readonly lockedUntil: number | null
  readonly maxSubmissions: number | null
  readonly confirmationEmailEnabled: boolean
  readonly confirmationEmailSubject: string | null
  readonly confirmationEmailBody: string | null
  readonly confirmationEmailQuestionId: number | null
  readonly allowComments: boolean
}

/** Nobody else, every account that knows the address, every account. */
export const ACCESS = { none: 0, permitAllUsers: 1, showToAllUsers: 2 } as const
export const STATE = { active: 0, closed: 1, archived: 2 } as const

export interface Question {
  readonly id: number
  readonly formId: number
  /** Counts from 1; 0: it was removed, and its answers stay. */
  readonly order: number
  readonly type: string
  readonly isRequired: boolean
  readonly text: string
  readonly name: string
  readonly description: string
  readonly extraSettings: JsonObject
}

export interface Option {
  readonly id: number
  readonly questionId: number
  readonly order: number
  readonly text: string
  readonly optionType: string | null
}

export interface FormShare {
  readonly id: number
  readonly formId: number
  /** As of shares of files: 0 an account, 1 a group, 3 a link, 7 a team. */
  readonly shareType: number
  /** Of a link, its token. */
  readonly shareWith: string
  readonly permissions: readonly string[]
}

export interface Submission {
  readonly id: number
  readonly formId: number
  /** An account, or `anon-user-` and 32 digits. */
  readonly userId: string
  readonly timestamp: number
}

export interface Answer {
  readonly id: number
  readonly submissionId: number
  readonly questionId: number
  readonly fileId: number | null
  readonly text: string
}

/** A file that was sent before the answers that it is part of. */
export interface UploadedFile {
  readonly id: number
  readonly formId: number
  readonly questionId: number
  readonly uploadToken: string
  readonly fileId: number
}

export const formsTable = defineTable<Form>('formsForms', {
  sequence: 'form',
  record: s.object({
    id: s.int(),
    hash: s.string(),
    title: s.string(),
    description: s.string(),
    ownerId: s.string(),
    fileId: s.nullable(s.int()),
    fileFormat: s.nullable(s.string()),
    created: s.int(),
    access: s.int(),
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
  }),
})

export const questionsTable = defineTable<Question>('formsQuestions', {
  sequence: 'formQuestion',
  record: s.object({
    id: s.int(),
    formId: s.int(),
    order: s.int(),
    type: s.string(),
    isRequired: s.bool(),
    text: s.string(),
    name: s.string(),
    description: s.string(),
    extraSettings: s.record(s.json()),
  }),
})

export const optionsTable = defineTable<Option>('formsOptions', {
  sequence: 'formOption',
  record: s.object({
    id: s.int(),
    questionId: s.int(),
    order: s.int(),
    text: s.string(),
    optionType: s.nullable(s.string()),
  }),
})

export const sharesTable = defineTable<FormShare>('formsShares', {
  sequence: 'formShare',
  record: s.object({
    id: s.int(),
    formId: s.int(),
    shareType: s.int(),
    shareWith: s.string(),
    permissions: s.list(s.string()),
  }),
})

export const submissionsTable = defineTable<Submission>('formsSubmissions', {
  sequence: 'formSubmission',
  record: s.object({ id: s.int(), formId: s.int(), userId: s.string(), timestamp: s.int() }),
})

export const answersTable = defineTable<Answer>('formsAnswers', {
  sequence: 'formAnswer',
  record: s.object({
    id: s.int(),
    submissionId: s.int(),
    questionId: s.int(),
    fileId: s.nullable(s.int()),
    text: s.string(),
  }),
})

export const uploadsTable = defineTable<UploadedFile>('formsUploads', {
  sequence: 'formUpload',
  record: s.object({
    id: s.int(),
    formId: s.int(),
    questionId: s.int(),
    uploadToken: s.string(),
    fileId: s.int(),
  }),
})

/** All records of a kind that one thing has, the oldest first. */
export const those = <R extends { readonly id: number }>(
  records: Iterable<R>,
  isWanted: (record: R) => boolean,
): readonly R[] => [...records].filter(isWanted).sort((a, b) => a.id - b.id)

/** Remove a form with all that is in it. */
export function removeForm(world: World, formId: number): void {
  for (const { id } of those(world.table(questionsTable).values(), (question) => question.formId === formId)) {
    const options = world.table(optionsTable)
    for (const option of those(options.values(), ({ questionId }) => questionId === id))
      options.delete(String(option.id))
    world.table(questionsTable).delete(String(id))
  }
  removeSubmissions(world, formId)
  for (const table of [sharesTable, uploadsTable]) {
    const records: Iterable<FormShare | UploadedFile> = world.table<FormShare | UploadedFile>(table).values()
    for (const { id } of those(records, (record) => record.formId === formId))
      world.table<unknown>(table).delete(String(id))
  }
  world.table(formsTable).delete(String(formId))
}

/** Remove all that was answered in a form. */
export function removeSubmissions(world: World, formId: number): void {
  for (const { id } of those(world.table(submissionsTable).values(), (one) => one.formId === formId))
    removeSubmission(world, id)
}

/** Remove one submission with its answers. */
export function removeSubmission(world: World, submissionId: number): void {
  removeAnswers(world, submissionId)
  world.table(submissionsTable).delete(String(submissionId))
}

export function removeAnswers(world: World, submissionId: number): void {
  const answers = world.table(answersTable)
  for (const { id } of those(answers.values(), (one) => one.submissionId === submissionId)) answers.delete(String(id))
}
