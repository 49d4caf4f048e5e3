import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import { problemOf, readAnswers } from './answer-rules.ts'
import { BASE, FORM } from './forms.ts'
import { formFor, formToAnswer, NOT_ALLOWED } from './guard.ts'
import { tellSubmission } from './notices.ts'
import { questionSchema, showAnswer, showQuestions, submitterName } from './show.ts'
import * as access from './state/access.ts'
import { removeFilesOf } from './state/files.ts'
import * as forms from './state/forms.ts'
import { removeAnswers, removeSubmission, removeSubmissions, type Submission } from './state/records.ts'
import * as submissions from './state/submissions.ts'
import { storeAnswers } from './store-answers.ts'
import { FORMATS, isFormat, resultsName, resultsOf, syncLinked, writeResults } from './write-results.ts'

const SUBMISSIONS = `${FORM}/submissions` as const
const SUBMISSION = `${SUBMISSIONS}/{submissionId}` as const
const OF_ANOTHER = "Submission doesn't belong to given form"
const OVER = 'This form is no longer taking answers'
const MOST_SHOWN = 1000

const answerSchema = s.object({
  id: s.int(),
  submissionId: s.int(),
  fileId: s.nullable(s.int()),
  questionId: s.int(),
  text: s.string(),
  questionName: s.optional(s.string()),
})

const submissionSchema = s.object({
  id: s.int(),
  formId: s.int(),
  userId: s.string(),
  timestamp: s.int(),
  answers: s.list(answerSchema),
  userDisplayName: s.string(),
})

function showSubmission(world: World, { id, formId, userId, timestamp }: Submission): PhpArray {
  const answers = submissions.answersOf(world, id).map(showAnswer)
  return { id, formId, userId, timestamp, answers, userDisplayName: submitterName(world, userId) }
}

/** Answers to a question with a name have it, in lists. */
function listed(world: World, submission: Submission): PhpArray {
  const answers = submissions.answersOf(world, submission.id).map((answer) => {
    const question = forms.findQuestion(world, answer.questionId)
    const name = question && question.order !== 0 ? question.name : ''
    return name === '' ? showAnswer(answer) : { ...showAnswer(answer), questionName: name }
  })
  return { ...showSubmission(world, submission), answers }
}

export const getSubmissions = defineEndpoint({
  ...BASE,
  id: 'forms-api-get-submissions',
  method: 'GET',
  path: SUBMISSIONS,
  summary: 'What was answered in a form, or all of it as a table',
  input: {
    formId: p.int(),
    query: p.string().orNull().describe('Part of an answer, or of the account that gave it'),
    limit: p.limit().orNull(),
    offset: p.int().default(0),
    fileFormat: p
      .string()
      .orNull()
      .oneOf(...FORMATS),
  },
  output: s.object({
    submissions: s.list(submissionSchema),
    questions: s.list(questionSchema),
    filteredSubmissionsCount: s.int(),
  }),
  failures: { 403: NOT_ALLOWED },
  handle: (args) => {
    const { input, me, world, request, ok, fail, abort, crash } = args
    const form = formFor(args, input.formId, 'results')
    const seesAll = access.permissionsOf(world, form, me).includes('results')
    if (input.fileFormat !== null) {
      if (!seesAll) return fail(403)
      if (!isFormat(input.fileFormat)) return crash()
      const name = resultsName(world, form, input.fileFormat)
      const { bytes, type } = resultsOf(world, form, { userId: me, format: input.fileFormat, baseUrl: request.baseUrl })
      const quoted = name.replace(/["\\]/g, '\\$&')
      return abort({
        status: 200,
        headers: [
          ['Content-Type', type === 'text/csv' ? 'text/csv;charset=UTF-8' : type],
          ['Content-Disposition', `attachment; filename="${quoted}"`],
        ],
        body: bytes,
      })
    }
    const found = submissions.submissionsOf(world, form.id, seesAll ? null : me, input.query)
    const most = input.limit === null ? found.length : Math.min(input.limit, MOST_SHOWN)
    return ok({
      submissions: found.slice(input.offset, input.offset + most).map((one) => listed(world, one)),
      questions: showQuestions(world, form.id),
      filteredSubmissionsCount: found.length,
    })
  },
})

export const getSubmission = defineEndpoint({
  ...BASE,
  id: 'forms-api-get-submission',
  method: 'GET',
  path: SUBMISSION,
  summary: 'What somebody answered',
  input: { formId: p.int(), submissionId: p.int() },
  output: submissionSchema,
  failures: {
    400: OF_ANOTHER,
    403: [NOT_ALLOWED, 'User is not allowed to see submission'],
    404: "Submission doesn't exist",
  },
  handle: (args) => {
    const { input, me, world, ok, fail } = args
    const form = formFor(args, input.formId, 'results')
    const submission = submissions.findSubmission(world, input.submissionId)
    if (!submission) return fail(404)
    if (submission.formId !== form.id) return fail(400)
    const seesAll = access.permissionsOf(world, form, me).includes('results')
    if (!seesAll && submission.userId !== me) return fail(403, 'User is not allowed to see submission')
    return ok(showSubmission(world, submission))
  },
})

export const deleteAllSubmissions = defineEndpoint({
  ...BASE,
  id: 'forms-api-delete-all-submissions',
  method: 'DELETE',
  path: SUBMISSIONS,
  summary: 'Remove all that was answered in a form',
  input: { formId: p.int() },
  output: s.int(),
  failures: { 403: [NOT_ALLOWED, 'No permission to delete all submissions'] },
  handle: (args) => {
    const { input, me, world, ok, fail } = args
    const form = formFor(args, input.formId, 'deleteResults')
    if (!access.permissionsOf(world, form, me).includes('results_delete'))
      return fail(403, 'No permission to delete all submissions')
    removeSubmissions(world, form.id)
    forms.change(world, form)
    return ok(form.id)
  },
})

export const newSubmission = defineEndpoint({
  app: 'forms',
  access: 'public',
  csrf: false,
  id: 'forms-api-new-submission',
  method: 'POST',
  path: SUBMISSIONS,
  summary: 'Answer a form',
  input: {
    formId: p.int(),
    answers: p.array().describe('Lists of answers by the ids of their questions'),
    shareHash: p.string().default('').describe('The token of the link that led to the form'),
  },
  output: s.empty(),
  responses: { 201: s.nullable(s.empty()) },
  failures: {
    400: 'Question "…" is required.',
    403: [NOT_ALLOWED, OVER, 'Already submitted', 'Maximum number of submissions reached'],
  },
  handle: (args) => {
    const { input, actor, world, fail, respond, crash } = args
    const form = formToAnswer(args, input.formId, input.shareHash)
    const answers = readAnswers(input.answers)
    if (!answers) return crash()
    const problem = problemOf(world, form, answers)
    if (problem !== null) return fail(400, problem)
    if (!access.maySubmit(world, form, actor.userId)) return fail(403, 'Already submitted')
    const most = form.maxSubmissions ?? 0
    if (most > 0 && submissions.countSubmissions(world, form.id) >= most)
      return fail(403, 'Maximum number of submissions reached')
    const isNamed = actor.userId !== null && !form.isAnonymous
    const userId = isNamed ? actor.userId : `anon-user-${world.random.hex(32)}`
    const submission = submissions.addSubmission(world, { formId: form.id, userId, timestamp: world.clock.seconds() })
    storeAnswers(world, form, submission.id, answers)
    const changed = forms.change(world, form)
    tellSubmission(world, changed, submission)
    syncLinked(world, changed, args.request.baseUrl)
    return respond(201, null)
  },
})

export const updateSubmission = defineEndpoint({
  app: 'forms',
  access: 'public',
  csrf: false,
  id: 'forms-api-update-submission',
  method: 'PUT',
  path: SUBMISSION,
  summary: 'Answer otherwise',
  input: { formId: p.int(), submissionId: p.int(), answers: p.array() },
  output: s.int(),
  failures: {
    400: ['Question "…" is required.', "Submission doesn't exist", OF_ANOTHER],
    403: [NOT_ALLOWED, OVER, "You're not allowed to edit this submission"],
  },
  handle: (args) => {
    const { input, actor, world, ok, fail, crash } = args
    const form = formToAnswer(args, input.formId, '')
    if (!access.mayDeleteResults(world, form, actor.userId!))
      return fail(403, "You're not allowed to edit this submission")
    const answers = readAnswers(input.answers)
    if (!answers) return crash()
    const problem = problemOf(world, form, answers)
    if (problem !== null) return fail(400, problem)
    const submission = submissions.findSubmission(world, input.submissionId)
    if (!submission) return fail(400, "Submission doesn't exist")
    if (submission.formId !== form.id) return fail(400, OF_ANOTHER)
    submissions.putSubmission(world, { ...submission, timestamp: world.clock.seconds() })
    removeAnswers(world, submission.id)
    storeAnswers(world, form, submission.id, answers)
    tellSubmission(world, form, submission)
    return ok(submission.id)
  },
})

export const deleteSubmission = defineEndpoint({
  ...BASE,
  id: 'forms-api-delete-submission',
  method: 'DELETE',
  path: SUBMISSION,
  summary: 'Remove what somebody answered',
  input: { formId: p.int(), submissionId: p.int() },
  output: s.int(),
  failures: {
    400: OF_ANOTHER,
    403: [NOT_ALLOWED, 'Can only delete your own submissions'],
    404: 'Could not find submission',
  },
  handle: (args) => {
    const { input, me, world, ok, fail } = args
    const form = formFor(args, input.formId, 'deleteResults')
    const submission = submissions.findSubmission(world, input.submissionId)
    if (!submission) return fail(404)
    if (submission.formId !== form.id) return fail(400)
    const mayAll = access.permissionsOf(world, form, me).includes('results_delete')
    if (!mayAll && submission.userId !== me) return fail(403, 'Can only delete your own submissions')
    removeFilesOf(world, form, submission.id)
    removeSubmission(world, submission.id)
    forms.change(world, form)
    return ok(submission.id)
  },
})

export const exportSubmissionsToCloud = defineEndpoint({
  ...BASE,
  id: 'forms-api-export-submissions-to-cloud',
  method: 'POST',
  path: `${SUBMISSIONS}/export`,
  summary: "Write what was answered to a table in the caller's files",
  input: {
    formId: p.int(),
    path: p.string(),
    fileFormat: p
      .string()
      .default('csv')
      .oneOf(...FORMATS),
  },
  output: s.string(),
  failures: {
    403: [NOT_ALLOWED, 'The current user has no permission to get the results for this form'],
  },
  handle: (args) => {
    const { input, me, world, request, ok, fail, crash } = args
    const form = formFor(args, input.formId, 'results')
    if (!access.permissionsOf(world, form, me).includes('results'))
      return fail(403, 'The current user has no permission to get the results for this form')
    const { path, fileFormat: format } = input
    const written = writeResults(world, form, { userId: me, path, format, baseUrl: request.baseUrl })
    return written ? ok(written.node.name) : crash()
  },
})
