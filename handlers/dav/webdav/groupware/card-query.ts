import { childOf, childrenOf, type ReadElement } from '#dav/read-xml.ts'
import {
  type Component,
  type Property,
  propertiesOf,
  propertyOf,
  readComponent,
  unescapeText,
} from '#lib/icalendar/component.ts'
import { badRequest } from '#line/dav-exit.ts'
import { folded } from './calendar-query.ts'
import { card } from './names.ts'

type Test = 'anyof' | 'allof'

interface TextMatch {
  readonly value: string
  readonly collation: string
  readonly type: string
  readonly isNegated: boolean
}

interface CardPropFilter {
  readonly name: string
  readonly test: Test
  readonly isNotDefined: boolean
  readonly texts: readonly TextMatch[]
  readonly params: readonly { readonly name: string; readonly isNotDefined: boolean; readonly text: TextMatch | null }[]
}

/** The filter of an `addressbook-query`, as RFC 6352 has it. */
export interface CardFilter {
  readonly test: Test
  readonly properties: readonly CardPropFilter[]
}

const testOf = ({ attributes }: ReadElement): Test => (attributes.test === 'allof' ? 'allof' : 'anyof')
const isNotDefined = (element: ReadElement) => childOf(element, card('is-not-defined')) !== undefined
const MATCH_TYPES = ['contains', 'equals', 'starts-with', 'ends-with']

/** @throws DavError 400 for a way to match that nobody knows */
export function readCardFilter(filter: ReadElement | undefined): CardFilter {
  if (!filter) return { test: 'anyof', properties: [] }
  return {
    test: testOf(filter),
    properties: childrenOf(filter, card('prop-filter')).map((element) => ({
      name: element.attributes.name ?? '',
      test: testOf(element),
      isNotDefined: isNotDefined(element),
      texts: childrenOf(element, card('text-match')).map(readText),
      params: childrenOf(element, card('param-filter')).map((param) => {
        const text = childOf(param, card('text-match'))
        return {
          name: param.attributes.name ?? '',
          isNotDefined: isNotDefined(param),
          text: text ? readText(text) : null,
        }
      }),
    })),
  }
}

function readText({ attributes, text }: ReadElement): TextMatch {
  const type = attributes['match-type'] ?? 'contains'
  if (!MATCH_TYPES.includes(type)) throw badRequest(`Unknown match-type: ${type}`)
  return {
    value: text,
    collation: attributes.collation ?? 'i;unicode-casemap',
    type,
    isNegated: attributes['negate-condition'] === 'yes',
  }
}

/** Whether some, or all, hold; of none, the test says. */
function holds<T>(test: Test, all: readonly T[], check: (one: T) => boolean): boolean {
  return test === 'anyof' ? all.some(check) : all.every(check)
}

/** Whether a card passes a filter; one without conditions lets everything through. */
export function cardPasses(data: string, { test, properties }: CardFilter): boolean {
  if (properties.length === 0) return true
  const document = readComponent(data)
  return holds(test, properties, (filter) => passesProperty(document, filter))
}

function passesProperty(document: Component, filter: CardPropFilter): boolean {
  const name = filter.name.toUpperCase()
  const found = propertiesOf(document, name)
  const isDefined = propertyOf(document, name) !== undefined
  if (filter.isNotDefined) return !isDefined
  if (!isDefined || (filter.params.length === 0 && filter.texts.length === 0)) return isDefined
  const results: boolean[] = []
  if (filter.params.length > 0) {
    results.push(holds(filter.test, filter.params, (param) => passesParam(found, param)))
  }
  if (filter.texts.length > 0) {
    const passes = (text: TextMatch) => found.some(({ value }) => matches(unescapeText(value), text))
    results.push(holds(filter.test, filter.texts, passes))
  }
  return holds(filter.test, results, (result) => result)
}

function passesParam(found: readonly Property[], param: CardPropFilter['params'][number]): boolean {
  const having = found.filter(({ params }) => params.has(param.name.toUpperCase()))
  if (param.isNotDefined) return having.length === 0
  if (having.length === 0 || param.text === null) return having.length > 0
  return having.some(({ params }) => matches(params.get(param.name.toUpperCase())!.join(','), param.text!))
}

function matches(text: string, { value, collation, type, isNegated }: TextMatch): boolean {
  const [hay, needle] = [folded(text, collation), folded(value, collation)]
  const isHit =
    type === 'equals'
      ? hay === needle
      : type === 'starts-with'
        ? hay.startsWith(needle)
        : type === 'ends-with'
          ? hay.endsWith(needle)
          : hay.includes(needle)
  return isHit !== isNegated
}
