import type { Json, JsonObject } from '#lib/json.ts'
import { toBool, toText } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import * as forms from './state/forms.ts'
import type { Answer, Form, Question } from './state/records.ts'

/** A cell of a table: a text, a number, a text that leads somewhere, or nothing. */
export type Cell = string | number | null | { readonly label: string; readonly url: string }

/** The columns of one question. */
interface Columns {
  readonly question: Question
  readonly heads: readonly string[]
  cellsOf(answers: readonly Answer[], baseUrl: string): readonly Cell[]
}

/** The columns of a form: one a question, of grids and rankings one a row, a cell or an option. */
export const columnsOf = (world: World, form: Form): Columns[] =>
  forms.questionsOf(world, form.id).map((question) => {
    const columns =
      question.type === 'grid'
        ? grid(world, question)
        : question.type === 'ranking'
          ? ranking(world, question)
          : plain(question)
    // Who left a question out has one empty cell, whatever it asks (Forms 5.3.0, source).
    return {
      ...columns,
      cellsOf: (answers, baseUrl) => (answers.length === 0 ? [null] : columns.cellsOf(answers, baseUrl)),
    }
  })

function plain(question: Question): Columns {
  const cellsOf: Columns['cellsOf'] = (answers, baseUrl) => {
    const texts = answers.map(({ text }) => text)
    if (question.type !== 'file') return [texts.join('; ')]
    return [{ label: texts.join('; \n'), url: `${baseUrl}/index.php/f/${answers[0]!.fileId}` }]
  }
  return { question, heads: [question.text], cellsOf }
}

const read = ([answer]: readonly Answer[]): Json => JSON.parse(answer!.text) as Json

function ranking(world: World, question: Question): Columns {
  const options = forms.optionsOf(world, question.id)
  return {
    question,
    heads: options.map(({ text }) => `${question.text} (${text})`),
    cellsOf(answers) {
      const ranked = Object.values(read(answers) as JsonObject).map(toText)
      return options.map(({ id }) => ranked.indexOf(String(id)) + 1 || '')
    },
  }
}

function grid(world: World, question: Question): Columns {
  const rows = forms.optionsOf(world, question.id, 'row')
  const columns = forms.optionsOf(world, question.id, 'column')
  const kind = question.extraSettings.questionType
  const nameOf = (id: Json) => columns.find((column) => String(column.id) === toText(id))?.text ?? ''
  const cellsOfRow = (answer: Json): Cell[] => {
    if (!toBool(answer)) return ['']
    if (kind === 'radio') return [nameOf(answer)]
    const members = answer as JsonObject
    if (kind === 'checkbox') return [Object.values(members).map(nameOf).join('; ')]
    return columns.map(({ id }) => (toBool(members[id] ?? false) ? toText(members[id]!) : ''))
  }
  const head = ({ text }: { text: string }) =>
    kind === 'number'
      ? columns.map((column) => `${question.text} (${text} - ${column.text})`)
      : [`${question.text} (${text})`]
  return {
    question,
    heads: rows.flatMap(head),
    cellsOf(answers) {
      const given = read(answers) as JsonObject
      return rows.flatMap(({ id }) => cellsOfRow(given[id] ?? null))
    },
  }
}
