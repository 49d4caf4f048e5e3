import type { Json, JsonObject } from '#lib/json.ts'
import { isPhpArray, toBool, toText } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import { type Answers, CHOSEN, OTHER } from './answer-rules.ts'
import { submitUpload, uploadOf } from './state/files.ts'
import * as forms from './state/forms.ts'
import type { Form, Question } from './state/records.ts'
import { addAnswer } from './state/submissions.ts'

/** Keep answers that fit: chosen options by their texts, grids and rankings whole, files by their names. */
export function storeAnswers(world: World, form: Form, submissionId: number, answers: Answers): void {
  const questions = forms.questionsOf(world, form.id)
  for (const [id, given] of answers) {
    const question = questions.find((one) => String(one.id) === id)
    if (question) store(world, form, submissionId, question, given)
  }
}

function store(
  world: World,
  form: Form,
  submissionId: number,
  question: Question,
  given: readonly Json[] | JsonObject,
): void {
  const { id: questionId, type } = question
  const values = Object.values(given as JsonObject)
  if (type === 'grid' || type === 'ranking') {
    if (values.length > 0)
      addAnswer(world, { submissionId, questionId, fileId: null, text: JSON.stringify(given).replaceAll('/', '\\/') })
    return
  }
  for (const value of values) {
    const upload = type === 'file' && isPhpArray(value) ? uploadOf(world, form, questionId, value as JsonObject) : null
    const text = upload
      ? submitUpload(world, form, submissionId, question, upload)
      : CHOSEN.includes(type) && type !== 'linearscale'
        ? chosenText(world, question, value)
        : toText(value)
    if (text !== '') addAnswer(world, { submissionId, questionId, fileId: upload?.fileId ?? null, text })
  }
}

/** An option's text, or that of an answer of one's own where a question takes one. */
function chosenText(world: World, { id, extraSettings }: Question, value: Json): string {
  const given = toText(value)
  const option = forms.optionsOf(world, id).find((one) => String(one.id) === given.trim())
  if (option) return option.text
  return toBool(extraSettings.allowOtherAnswer ?? false) && given.startsWith(OTHER) ? given.replaceAll(OTHER, '') : ''
}
