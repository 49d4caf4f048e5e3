import type { Json, JsonObject } from '#lib/json.ts'
import { isNumeric, isPhpArray, toText } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import * as forms from './state/forms.ts'
import type { Question } from './state/records.ts'

const asWord = (value: Json) => (isPhpArray(value) ? 'array' : toText(value))

/** Why an answer does not fit a grid: by row, a column, columns, or numbers by column. `null`: it fits. */
export function gridProblem(world: World, question: Question, given: readonly Json[] | JsonObject): string | null {
  const idsOf = (type: string) => forms.optionsOf(world, question.id, type).map(({ id }) => String(id))
  const columns = idsOf('column')
  const rows = idsOf('row')
  for (const [row, answer] of Object.entries(given as JsonObject)) {
    if (!rows.includes(row)) return `Row "${row}" for question "${question.text}" is not a valid option.`
    const problem = rowProblem(question, columns, answer)
    if (problem !== null) return problem
  }
  return null
}

function rowProblem({ text, extraSettings }: Question, columns: readonly string[], answer: Json): string | null {
  const noColumn = (column: Json) => `Column "${asWord(column)}" for question "${text}" is not a valid option.`
  switch (extraSettings.questionType) {
    case 'radio':
      return columns.includes(asWord(answer)) ? null : noColumn(answer)
    case 'checkbox': {
      if (!isPhpArray(answer)) return `Invalid answer for question "${text}".`
      const stray = Object.values(answer as JsonObject).find((column) => !columns.includes(asWord(column)))
      return stray === undefined ? null : noColumn(stray)
    }
    case 'number': {
      if (!isPhpArray(answer)) return `Invalid answer for question "${text}".`
      for (const [column, value] of Object.entries(answer as JsonObject)) {
        if (!columns.includes(column)) return noColumn(column)
        if (value !== '' && !isNumeric(value))
          return `Answer "${asWord(value)}" for question "${text}" must be a number.`
      }
      return null
    }
    default:
      return `Invalid grid type for question "${text}".`
  }
}
