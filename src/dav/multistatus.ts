import { byRelease } from '#lib/releases.ts'
import { d, element, type Namespaces, writeXml, type XmlElement } from './xml.ts'

/** What a property holds: a text, elements, or nothing at all (`<x/>`). */
export type PropertyValue = string | number | boolean | readonly XmlElement[]

export interface PropertyStatus {
  readonly name: string
  readonly status: number
  readonly value?: PropertyValue
}

export interface ResponsePart {
  readonly href: string
  readonly properties: readonly PropertyStatus[]
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  418: "I'm a teapot",
  424: 'Failed Dependency',
  507: 'Insufficient Storage',
}

export const statusLine = (status: number): string => `HTTP/1.1 ${status} ${REASONS[status] ?? ''}`

/** A `multistatus` document. */
export function multistatus(parts: readonly ResponsePart[], namespaces: Namespaces, indent = ''): string {
  return writeXml(element(d('multistatus'), parts.map(responseElement)), namespaces, indent)
}

/** One `response`: properties in groups by status, 200 first. */
export function responseElement({ href, properties }: ResponsePart): XmlElement {
  const groups = new Map<number, PropertyStatus[]>([[200, []]])
  for (const property of properties) {
    const group = groups.get(property.status)
    if (group) group.push(property)
    else groups.set(property.status, [property])
  }
  const nonEmpty = [...groups].filter(([, members]) => members.length > 0)
  const propstats =
    nonEmpty.length === 0 ? [NO_PROPSTAT] : nonEmpty.map(([status, members]) => propstat(status, members))
  return element(d('response'), [element(d('href'), href), ...propstats])
}

const propstat = (status: number, members: readonly PropertyStatus[]): XmlElement =>
  element(d('propstat'), [element(d('prop'), members.map(propertyElement)), element(d('status'), statusLine(status))])

/** A response without any property must still say something. */
const NO_PROPSTAT = propstat(418, [])

/** Whether a response that has a status says of properties, after it, that there are none (27.1.10, asked). */
const SAYS_BOTH = byRelease(true, { 32: false })

/** One `response` that has a status of its own and no properties. */
export function bareResponse(href: string, status: number, release: number): XmlElement {
  const [address, line] = [element(d('href'), href), element(d('status'), statusLine(status))]
  return element(d('response'), SAYS_BOTH.at(release) ? [line, address, NO_PROPSTAT] : [address, line])
}

function propertyElement({ name, value }: PropertyStatus): XmlElement {
  if (value === undefined) return element(name)
  return element(name, typeof value === 'object' ? value : propertyText(value))
}

/** A scalar as PHP casts it to a string: `true` is 1, `false` nothing. */
export const propertyText = (value: string | number | boolean): string =>
  value === true ? '1' : value === false ? '' : String(value)
