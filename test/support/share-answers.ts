import { XMLParser } from 'fast-xml-parser'
import type { OcsAnswer } from './ways.ts'

/** One item of an answer with its members as text: true is `1`, false, null and empty are nothing. */
export type Item = Readonly<Record<string, string>>

const PARSER = new XMLParser({ parseTagValue: false, trimValues: false })

/** The items of an answer with a list, or its one item, whatever format it came in. */
export function itemsOf(answer: OcsAnswer): Item[] {
  const data = answer.isJson ? answer.data : dataOfXml(answer.text)
  return (Array.isArray(data) ? data : [data]).map(toText)
}

/** The only item of an answer. */
export function itemOf(answer: OcsAnswer): Item {
  const items = itemsOf(answer)
  if (items.length !== 1) throw new Error(`${items.length} items in ${answer.text}`)
  return items[0]!
}

function dataOfXml(text: string): unknown {
  const { data } = PARSER.parse(text).ocs
  if (typeof data !== 'object') return []
  return 'element' in data ? [data.element].flat() : data
}

function toText(item: unknown): Item {
  // Between elements there is white space, which the parser keeps as a text of its own.
  const members = Object.entries(item as object).filter(([name]) => name !== '#text')
  return Object.fromEntries(members.map(([name, value]) => [name, textOf(value)]))
}

function textOf(value: unknown): string {
  if (value === true) return '1'
  if (value === false || value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
