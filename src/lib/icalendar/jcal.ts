/** Calendars and cards as JSON: jCal (RFC 7265) and jCard (RFC 7095). */

import {
  byName,
  type Component,
  ComponentError,
  componentsOf,
  escapeText,
  type Property,
  propertiesOf,
  property,
  splitText,
  unescapeText,
} from './component.ts'
import { valueTypeOf } from './value-types.ts'
import { delimiterOf } from './write.ts'

/** A calendar: what belongs together by name stands together, as sabre/vobject keeps it. */
export const toJcal = (component: Component): unknown[] => [
  component.name.toLowerCase(),
  byName(propertiesOf(component)).map(propertyJson),
  componentsOf(component).map(toJcal),
]

export const toJcard = (card: Component): unknown[] => [
  card.name.toLowerCase(),
  byName(propertiesOf(card)).map(propertyJson),
]

function propertyJson(given: Property): unknown[] {
  const params: Record<string, unknown> = {}
  for (const [name, values] of given.params) {
    if (name !== 'VALUE') params[name.toLowerCase()] = values.length === 1 ? values[0] : values
  }
  if (given.group !== null) params.group = given.group
  const type = valueTypeOf(given).toLowerCase()
  return [given.name.toLowerCase(), params, type, ...valuesOf(given, type)]
}

function valuesOf(given: Property, type: string): unknown[] {
  const { name, value } = given
  if (name === 'VERSION' || type === 'unknown') return [value]
  const delimiter = delimiterOf(given)
  if (type === 'text') {
    if (delimiter === ',') return splitText(value, ',')
    return [delimiter === undefined ? unescapeText(value) : splitText(value, delimiter)]
  }
  if (type === 'date-time' || type === 'date' || type === 'date-and-or-time') return value.split(',').map(withDashes)
  if (type === 'integer') return [Number.parseInt(value, 10) || 0]
  if (type === 'float') return name === 'GEO' ? [value.split(';').map(Number)] : value.split(';').map(Number)
  if (type === 'recur') return [ruleJson(value)]
  if (type === 'utc-offset') return [value.replace(/^([+-]?\d\d)(\d\d)/, '$1:$2')]
  return [value]
}

/** `20261210T100000Z` as `2026-12-10T10:00:00Z`. */
const withDashes = (value: string) =>
  value.replace(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/, (_, y, m, d, h, i, s, z) =>
    h === undefined ? `${y}-${m}-${d}` : `${y}-${m}-${d}T${h}:${i}:${s}${z}`,
  )

function ruleJson(value: string): Record<string, unknown> {
  const rule: Record<string, unknown> = {}
  for (const part of value.split(';')) {
    const [key = '', written = ''] = part.split('=')
    const values = written.split(',').map((one) => (/^-?\d+$/.test(one) && key !== 'UNTIL' ? Number(one) : one))
    rule[key.toLowerCase()] =
      key.toUpperCase() === 'UNTIL' ? withDashes(written) : values.length === 1 ? values[0] : values
  }
  return rule
}

/**
 * The component that a JSON text describes.
 * @throws ComponentError where it is none
 */
export function readJcal(text: string): Component {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ComponentError('The supplied input was not valid JSON')
  }
  return componentFrom(json)
}

function componentFrom(json: unknown): Component {
  if (!Array.isArray(json) || typeof json[0] !== 'string') throw new ComponentError('The input is no component')
  const [name, properties, components = []] = json as [string, unknown, unknown]
  return {
    name: name.toUpperCase(),
    children: [...list(properties).map(propertyFrom), ...list(components).map(componentFrom)],
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function propertyFrom(json: unknown): Property {
  const [name, params, type, ...values] = list(json)
  if (typeof name !== 'string') throw new ComponentError('The input is no property')
  const given = Object.entries((params ?? {}) as Record<string, unknown>).map(
    ([key, value]) => [key.toUpperCase(), list(Array.isArray(value) ? value : [value]).map(String)] as const,
  )
  const made = property(name.toUpperCase(), '', given)
  const isDate = type === 'date' || type === 'date-time'
  if (type === 'date') made.params.set('VALUE', ['DATE'])
  const written = values.map((value) => {
    if (Array.isArray(value)) return value.map((part) => escapeText(String(part))).join(';')
    if (isDate) return String(value).replace(/[-:]/g, '')
    return type === 'text' ? escapeText(String(value)) : ruleText(value)
  })
  made.value = written.join(',')
  return made
}

function ruleText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, one]) => `${key.toUpperCase()}=${String(one).replace(/(?<=\d)[-:](?=\d)/g, '')}`)
    .join(';')
}

/** `json_encode` of such a component: parameters are an object, also where there are none. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replace(/[/\u0080-\uffff]/g, (char) =>
    char === '/' ? '\\/' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
