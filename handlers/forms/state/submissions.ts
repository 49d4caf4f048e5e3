import type { World } from '#world/world.ts'
import { type Answer, answersTable, type Submission, submissionsTable, those } from './records.ts'

/** What was answered in a form, the last first. @param search part of an answer or of who gave it */
export function submissionsOf(
  world: World,
  formId: number,
  userId: string | null = null,
  search: string | null = null,
): Submission[] {
  const wanted = (search ?? '').toLowerCase()
  const isFound = (submission: Submission) => {
    const answers = answersOf(world, submission.id)
    if (wanted === '') return true
    return answers.some(({ text }) => [submission.userId, text].some((one) => one.toLowerCase().includes(wanted)))
  }
  return those(
    world.table(submissionsTable).values(),
    (one) => one.formId === formId && (userId === null || one.userId === userId),
  )
    .filter(isFound)
    .sort((a, b) => b.timestamp - a.timestamp)
}

export const countSubmissions = (world: World, formId: number, userId: string | null = null): number =>
  submissionsOf(world, formId, userId).length

export const findSubmission = (world: World, id: number): Submission | undefined =>
  world.table(submissionsTable).get(String(id))

export function putSubmission(world: World, submission: Submission): Submission {
  world.table(submissionsTable).set(String(submission.id), submission)
  return submission
}

export const addSubmission = (world: World, made: Omit<Submission, 'id'>): Submission =>
  putSubmission(world, { ...made, id: world.nextId('formSubmission') })

/** Answers in the order in which they were given. */
export const answersOf = (world: World, submissionId: number): readonly Answer[] =>
  those(world.table(answersTable).values(), (answer) => answer.submissionId === submissionId)

export function addAnswer(world: World, made: Omit<Answer, 'id'>): Answer {
  const answer = { ...made, id: world.nextId('formAnswer') }
  world.table(answersTable).set(String(answer.id), answer)
  return answer
}
