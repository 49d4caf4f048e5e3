import { isEmailAddress } from '#lib/email-address.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { isNumeric, isPhpArray, toBool, toInt, toText } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import { patternOf } from './extra-settings.ts'
import { gridProblem } from './grid-rules.ts'
import { rangeProblem } from './moment-rules.ts'
import { uploadOf } from './state/files.ts'
import * as forms from './state/forms.ts'
import type { Form, Question } from './state/records.ts'

/** Answers by the ids of their questions, as they were sent. */
export type Answers = ReadonlyMap<string, readonly Json[] | JsonObject>

/** A question with an answer of one's own has it behind this. */
export const OTHER = 'system-other-answer:'
/** Types whose answers are chosen from options. */
export const CHOSEN = ['dropdown', 'linearscale', 'grid', 'multiple', 'multiple_unique', 'ranking']

/** What was sent as answers, by question; `null`: something is no list, with which the real server cannot go on. */
export function readAnswers(given: readonly Json[] | JsonObject): Answers | null {
  const entries = Object.entries(given as JsonObject)
  if (entries.some(([, value]) => !isPhpArray(value))) return null
  return new Map(entries.map(([id, value]) => [id, value as readonly Json[] | JsonObject]))
}

const valuesOf = (given: readonly Json[] | JsonObject): Json[] => Object.values(given as JsonObject)

/** Why answers are not taken; `null`: they are. */
export function problemOf(world: World, form: Form, answers: Answers): string | null {
  const questions = forms.questionsOf(world, form.id)
  for (const question of questions) {
    const given = answers.get(String(question.id))
    const problem = isMissing(question, given)
      ? `Question "${question.text}" is required.`
      : given === undefined
        ? null
        : problemOfOne(world, form, question, given)
    if (problem !== null) return problem
  }
  const stray = [...answers.keys()].find((id) => !questions.some((question) => String(question.id) === id))
  return stray === undefined ? null : `Answer for non-existent question with ID ${toInt(stray)}.`
}

function isMissing({ type, isRequired, extraSettings }: Question, given: readonly Json[] | JsonObject | undefined) {
  const hasLeast = type === 'multiple' && Number(extraSettings.optionsLimitMin ?? 0) > 0
  if (!isRequired && !hasLeast) return false
  if (given === undefined) return true
  const values = valuesOf(given)
  if (!values.some(isSaid)) return true
  return toBool(extraSettings.allowOtherAnswer ?? false) && !values.some((value) => value !== OTHER)
}

/** Whether an answer says anything: a text, a file that was sent, a cell of a grid. */
function isSaid(value: Json): boolean {
  if (!isPhpArray(value)) return toText(value) !== ''
  const members = value as JsonObject
  if (members.uploadedFileId !== undefined && members.uploadedFileId !== null)
    return toBool(members.uploadedFileId) && toBool(members.uploadToken ?? false)
  return valuesOf(value).some((cell) => (isPhpArray(cell) ? valuesOf(cell).some(toBool) : cell !== ''))
}

function problemOfOne(world: World, form: Form, question: Question, given: readonly Json[] | JsonObject) {
  const values = valuesOf(given)
  return (
    countProblem(question, values.length) ??
    rangeProblem(world, question, values) ??
    optionProblem(world, question, given) ??
    textProblem(question, values) ??
    rankingProblem(world, question, values) ??
    fileProblem(world, form, question, values)
  )
}

const isOneOf = (type: string, ...types: string[]) => types.includes(type)

/** How many answers a question can have. */
function countProblem({ type, text, extraSettings }: Question, count: number): string | null {
  if (type === 'multiple') {
    const least = Number(extraSettings.optionsLimitMin ?? -1)
    const most = Number(extraSettings.optionsLimitMax ?? -1)
    if (least > 0 && count < least) return `Question "${text}" requires at least ${least} answers.`
    return most > 0 && count > most ? `Question "${text}" requires at most ${most} answers.` : null
  }
  const { dateRange = null, timeRange = null } = extraSettings
  const isRange = (type === 'date' && dateRange !== null) || (type === 'time' && timeRange !== null)
  if (isRange) return count === 2 ? null : `Question "${text}" can only have two answers.`
  const isSeveral = isOneOf(type, 'file', 'grid', 'ranking')
  return count > 1 && !isSeveral ? `Question "${text}" can only have one answer.` : null
}

/** What is chosen is among the options, unless the question takes others. */
function optionProblem(world: World, question: Question, given: readonly Json[] | JsonObject): string | null {
  const { type, text, extraSettings } = question
  if (!CHOSEN.includes(type) || toBool(extraSettings.allowOtherAnswer ?? false)) return null
  if (type === 'grid') return valuesOf(given).length > 0 ? gridProblem(world, question, given) : null
  const ids = forms.optionsOf(world, question.id).map(({ id }) => id)
  for (const value of valuesOf(given)) {
    if (type === 'linearscale') {
      const lowest = toInt(extraSettings.optionsLowest ?? 1)
      const highest = toInt(extraSettings.optionsHighest ?? 5)
      const isInside = /^\d+$/.test(toText(value)) && toInt(value) >= lowest && toInt(value) <= highest
      if (!isInside) return `The answer for question "${text}" must be an integer between ${lowest} and ${highest}.`
    } else if (!ids.includes(typeof value === 'string' ? toInt(value.trim()) : typeof value === 'number' ? value : 0))
      return `Answer "${isPhpArray(value) ? 'array' : toText(value)}" for question "${text}" is not a valid option.`
  }
  return null
}

function textProblem({ type, text, extraSettings }: Question, [first]: readonly Json[]): string | null {
  if (type === 'short')
    return isGoodText(extraSettings, toText(first ?? null)) ? null : `Invalid input for question "${text}".`
  const isColor = first === '' || /^#[a-f0-9]{6}$/i.test(toText(first ?? null))
  return type === 'color' && !isColor ? `Invalid color string for question "${text}".` : null
}

function isGoodText({ validationType, validationRegex }: JsonObject, text: string): boolean {
  switch (validationType) {
    case undefined:
    case null:
      return true
    case 'email':
      return isEmailAddress(text)
    case 'number':
      return isNumeric(text)
    case 'phone':
      return /^\+?[0-9]{3,}$/.test(text.replace(/[ ()./x-]/g, ''))
    case 'regex':
      return typeof validationRegex !== 'string' || (patternOf(validationRegex)?.test(text) ?? false)
    default:
      return false
  }
}

/** A ranking has every option once. */
function rankingProblem(world: World, { id, type, text }: Question, values: readonly Json[]): string | null {
  if (type !== 'ranking') return null
  const ids = forms.optionsOf(world, id).map((option) => option.id)
  const ranked = values.map((value) => toInt(value))
  const ascending = (a: number, b: number) => a - b
  const isWhole = String(ids.sort(ascending)) === String(ranked.sort(ascending))
  return isWhole ? null : `Ranking for question "${text}" must include all options exactly once.`
}

/** Files were sent before, and are still there. */
function fileProblem(world: World, form: Form, question: Question, values: readonly Json[]): string | null {
  const { type, text, extraSettings } = question
  if (type !== 'file') return null
  const most = toInt(extraSettings.maxAllowedFilesCount ?? 0)
  if (most > 0 && values.length > most)
    return `Too many files uploaded for question "${text}". Maximum allowed: ${most}`
  for (const value of values) {
    const sent = (isPhpArray(value) ? value : {}) as JsonObject
    if (uploadOf(world, form, question.id, sent)) continue
    const name = toText(sent.fileName ?? sent.uploadedFileId ?? null)
    return `File "${name}" for question "${text}" not exists anymore. Please delete and re-upload the file.`
  }
  return null
}
