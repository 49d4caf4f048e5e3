import type { Json, JsonObject } from '#lib/json.ts'
import { isPhpArray, toBool, toInt, toText } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import * as forms from './state/forms.ts'
import { ACCESS, type Form } from './state/records.ts'

export type Changes =
  | { readonly changed: Partial<Form> }
  | { readonly refused: { readonly code: 400 | 403; readonly message: string } }
  /** The real server cannot go on: no such member, or an array where none can be. */
  | { readonly crash: true }

type Cast = (value: Json) => unknown

const nullOr =
  (cast: Cast): Cast =>
  (value) =>
    value === null ? null : cast(value)

/** What can be changed in a form, and what is kept of what was sent, as its columns have it (Forms 5.3.0, source). */
const CASTS: Readonly<Record<string, Cast>> = {
  title: toText,
  description: toText,
  expires: toInt,
  isAnonymous: toBool,
  submitMultiple: toBool,
  allowEditSubmissions: toBool,
  showExpiration: toBool,
  submissionMessage: nullOr(toText),
  state: nullOr(toInt),
  maxSubmissions: nullOr(toInt),
  confirmationEmailEnabled: toBool,
  confirmationEmailSubject: nullOr(toText),
  confirmationEmailBody: nullOr(toText),
  confirmationEmailQuestionId: nullOr(toInt),
  allowComments: toBool,
}

const FIXED = ['id', 'hash', 'ownerId', 'created', 'lastUpdated', 'lockedBy', 'lockedUntil', 'accessEnum']
const MOST: Readonly<Record<string, number>> = { confirmationEmailSubject: 255, confirmationEmailBody: 8192 }

const refused = (code: 400 | 403, message: string): Changes => ({ refused: { code, message } })

/** What is changed in a form by what was sent; the file that its answers are written to comes with `path`. */
export function readChanges(world: World, form: Form, given: JsonObject): Changes {
  const fixed = FIXED.find((name) => name in given)
  if (fixed !== undefined) return refused(403, `Not allowed to update ${fixed}`)
  const { path, fileId, fileFormat, access, ...members } = given
  if (fileId !== undefined && fileId !== null) return refused(403, 'Not allowed to update fileId')
  if (isForbidden(world, access)) return refused(403, '')
  const question = members.confirmationEmailQuestionId
  if (question !== undefined && question !== null && !isEmailQuestion(world, form, question))
    return refused(400, 'Invalid confirmationEmailQuestionId, will not update.')
  for (const [name, most] of Object.entries(MOST)) {
    const text = members[name]
    if (typeof text === 'string' && [...text].length > most)
      return refused(400, `${name} exceeds maximum length of ${most} characters.`)
  }
  if (access !== undefined && !isPhpArray(access)) return { crash: true }
  const pairs = Object.entries(members)
  if (pairs.some(([name]) => !Object.hasOwn(CASTS, name))) return { crash: true }
  const isUnlinked = fileId === null && fileFormat === null
  return {
    changed: {
      ...Object.fromEntries(pairs.map(([name, value]) => [name, CASTS[name]!(value)])),
      ...(access === undefined ? {} : { access: accessOf(access) }),
      ...(isUnlinked ? { fileId: null, fileFormat: null } : {}),
    },
  }
}

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  isPhpArray(value) && !Array.isArray(value) ? (value as JsonObject)[name] : undefined

const isOn = (value: Json | undefined, name: string) => toBool(memberOf(value, name) ?? false)

/** An administrator can keep forms from being open to all. */
const isForbidden = (world: World, access: Json | undefined) =>
  (isOn(access, 'showToAllUsers') && !forms.isAllowed(world, 'allowShowToAll')) ||
  (isOn(access, 'permitAllUsers') && !forms.isAllowed(world, 'allowPermitAll'))

function accessOf(access: Json): number {
  if (!isOn(access, 'permitAllUsers')) return ACCESS.none
  return isOn(access, 'showToAllUsers') ? ACCESS.showToAllUsers : ACCESS.permitAllUsers
}

function isEmailQuestion(world: World, form: Form, id: Json): boolean {
  const question = forms.questionsOf(world, form.id).find((one) => one.id === id)
  return question !== undefined && isEmail(question.type, question.extraSettings)
}

/** Whether answers to a question are addresses that a confirmation can go to. */
export const isEmail = (type: string, settings: JsonObject): boolean =>
  type === 'short' && settings.validationType === 'email'
