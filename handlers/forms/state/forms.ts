import { config, groups } from '#app/index.ts'
import type { World } from '#world/world.ts'
import {
  ACCESS,
  type Form,
  formsTable,
  type Option,
  optionsTable,
  type Question,
  questionsTable,
  STATE,
  those,
} from './records.ts'

/** Letters and digits that nobody takes for each other. */
export const READABLE = 'abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789'
const HASH_LENGTH = 16
/** A change locks a form for whoever makes it, for so many seconds. */
const LOCK_SECONDS = 15 * 60

export type NewForm = Partial<Omit<Form, 'id' | 'hash' | 'ownerId' | 'created' | 'lastUpdated'>>

const FRESH = {
  title: '',
  description: '',
  fileId: null,
  fileFormat: null,
  access: ACCESS.none,
  expires: 0,
  isAnonymous: false,
  submitMultiple: false,
  allowEditSubmissions: false,
  showExpiration: false,
  submissionMessage: null,
  state: STATE.active,
  lockedBy: null,
  lockedUntil: null,
  maxSubmissions: null,
  confirmationEmailEnabled: false,
  confirmationEmailSubject: null,
  confirmationEmailBody: null,
  confirmationEmailQuestionId: null,
  allowComments: false,
} as const

export const find = (world: World, id: number): Form | undefined => world.table(formsTable).get(String(id))

export const findByHash = (world: World, hash: string): Form | undefined =>
  [...world.table(formsTable).values()].find((form) => form.hash === hash)

/** The forms of an account, those changed last first. */
export const ofOwner = (world: World, userId: string): Form[] =>
  those(world.table(formsTable).values(), ({ ownerId }) => ownerId === userId).toSorted(lastUpdatedFirst)

export const lastUpdatedFirst = (a: Form, b: Form): number => b.lastUpdated - a.lastUpdated || b.created - a.created

export function add(world: World, ownerId: string, made: NewForm = {}): Form {
  const now = world.clock.seconds()
  const id = world.nextId('form')
  const hash = world.random.token(HASH_LENGTH, READABLE)
  return put(world, { ...FRESH, ...made, id, hash, ownerId, created: now, lastUpdated: now })
}

function put(world: World, form: Form): Form {
  world.table(formsTable).set(String(form.id), form)
  return form
}

/** Change a form; whatever changes in it, it is now that it was changed. */
export function change(world: World, form: Form, changed: Partial<Form> = {}): Form {
  const known = find(world, form.id) ?? form
  return put(world, { ...known, ...changed, lastUpdated: world.clock.seconds() })
}

/** Who changes a form holds its lock, unless somebody else does. */
export function lockFor(world: World, { lockedBy, lockedUntil }: Form, userId: string): Partial<Form> | 'locked' {
  const now = world.clock.seconds()
  const isHeld = lockedBy !== null && lockedBy !== userId && ((lockedUntil ?? 0) >= now || lockedUntil === 0)
  return isHeld ? 'locked' : { lockedBy: userId, lockedUntil: now + LOCK_SECONDS }
}

/** A form like another, with its questions: for the account alone, and without what was set for the other. */
export function copy(world: World, original: Form, ownerId: string): Form {
  const { title, description, submissionMessage, maxSubmissions, allowComments } = original
  const { confirmationEmailEnabled, confirmationEmailSubject, confirmationEmailBody } = original
  const email = { confirmationEmailEnabled, confirmationEmailSubject, confirmationEmailBody }
  const kept = { description, submissionMessage, maxSubmissions, allowComments, ...email }
  const made = add(world, ownerId, { ...kept, title: `${title} - Copy` })
  let emailQuestion: number | null = null
  for (const question of questionsOf(world, original.id)) {
    const twin = addQuestion(world, { ...question, formId: made.id })
    if (question.id === original.confirmationEmailQuestionId) emailQuestion = twin.id
    for (const option of optionsOf(world, question.id)) addOption(world, { ...option, questionId: twin.id })
  }
  return change(world, made, { confirmationEmailQuestionId: emailQuestion })
}

export const isArchived = ({ state }: Form): boolean => state === STATE.archived

/** Whether a form takes no answers: closed by its owner, or at its end. */
export const isOver = (world: World, { state, expires }: Form): boolean =>
  (state ?? STATE.active) !== STATE.active || (expires !== 0 && expires < world.clock.seconds())

const byOrder = (a: { order: number; id: number }, b: { order: number; id: number }) => a.order - b.order || a.id - b.id

/** The questions of a form in their order, without those that were removed. */
export const questionsOf = (world: World, formId: number): Question[] =>
  those(world.table(questionsTable).values(), (one) => one.formId === formId && one.order !== 0).toSorted(byOrder)

export const findQuestion = (world: World, id: number): Question | undefined =>
  world.table(questionsTable).get(String(id))

export function addQuestion(world: World, made: Omit<Question, 'id'>): Question {
  return putQuestion(world, { ...made, id: world.nextId('formQuestion') })
}

export function putQuestion(world: World, question: Question): Question {
  world.table(questionsTable).set(String(question.id), question)
  return question
}

/** The options of a question in their order. @param type only those of a kind: `row`, `column`, `choice` */
export const optionsOf = (world: World, questionId: number, type?: string | null): Option[] =>
  those(
    world.table(optionsTable).values(),
    (one) => one.questionId === questionId && (!type || one.optionType === type),
  ).toSorted(byOrder)

export const findOption = (world: World, id: number): Option | undefined => world.table(optionsTable).get(String(id))

export function addOption(world: World, made: Omit<Option, 'id'>): Option {
  return putOption(world, { ...made, id: world.nextId('formOption') })
}

export function putOption(world: World, option: Option): Option {
  world.table(optionsTable).set(String(option.id), option)
  return option
}

export const removeOption = (world: World, { id }: Option): void => {
  world.table(optionsTable).delete(String(id))
}

/** Whether an account may make forms: an administrator can keep that to some groups. */
export function mayCreate(world: World, userId: string): boolean {
  if (!config.getAppBool(world, 'forms', 'restrictCreation', false)) return true
  const allowed = creators(world)
  return groups.groupsOf(world, userId).some((id) => allowed.includes(id))
}

/** Ids of the groups that may make forms where not everybody may. */
export function creators(world: World): readonly string[] {
  const kept: unknown = JSON.parse(config.getApp(world, 'forms', 'creationAllowedGroups', '[]'))
  return Array.isArray(kept) ? kept.map(String) : []
}

/** What an administrator allows: `allowPermitAll`, `allowPublicLink` … */
export const isAllowed = (world: World, key: string, fallback = true): boolean =>
  config.getAppBool(world, 'forms', key, fallback)
