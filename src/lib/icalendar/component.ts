/**
 * iCalendar objects and vCards as the lines that they are: components with properties, read without knowing what
 * any of them means.
 */

/** One line of a component. */
export interface Property {
  /** What stands before a dot in its name, as Apple's clients group lines. */
  group: string | null
  /** In upper case. */
  name: string
  /** Values by the names of parameters, these in upper case. */
  params: Map<string, string[]>
  /** As it is written, with its escapes. */
  value: string
}

/** A part of a document: `VEVENT`, `VALARM`, or the document itself. Whoever reads one may change it. */
export interface Component {
  /** In upper case. */
  name: string
  /** Properties and components in the order in which they stand. */
  children: (Property | Component)[]
}

/** Why a text is no iCalendar object or vCard. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError'
}

export const isComponent = (child: Property | Component): child is Component => 'children' in child

export const componentsOf = (component: Component, name?: string): Component[] =>
  component.children.filter((child): child is Component => isComponent(child) && (name ?? child.name) === child.name)

export const propertiesOf = (component: Component, name?: string): Property[] =>
  component.children.filter((child): child is Property => !isComponent(child) && (name ?? child.name) === child.name)

export const propertyOf = (component: Component, name: string): Property | undefined =>
  component.children.find((child): child is Property => !isComponent(child) && child.name === name)

/** What a property holds, its escapes resolved; `undefined`: the component has none of that name. */
export function textOf(component: Component, name: string): string | undefined {
  const property = propertyOf(component, name)
  return property && unescapeText(property.value)
}

export function property(
  name: string,
  value: string,
  params: Iterable<readonly [string, readonly string[]]> = [],
): Property {
  return { group: null, name, params: new Map([...params].map(([key, values]) => [key, [...values]])), value }
}

/** A copy that can be changed alone. */
export function copyOf<T extends Property | Component>(original: T): T {
  if (isComponent(original)) return { ...original, children: original.children.map(copyOf) }
  const { params } = original
  return { ...original, params: new Map([...params].map(([name, values]) => [name, [...values]])) }
}

/** `\n`, `\,`, `\;` and `\\` as what they stand for. */
export const unescapeText = (raw: string): string =>
  raw.replace(/\\([\\Nn;,])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char))

export const escapeText = (text: string): string =>
  text
    .replaceAll('\r', '')
    .replace(/[\\;,]/g, (char) => `\\${char}`)
    .replaceAll('\n', '\\n')

/** The parts of a value with a delimiter that is not escaped, each with its escapes resolved. */
export function splitText(raw: string, delimiter: string): string[] {
  const parts = ['']
  for (const [token] of raw.matchAll(/\\.|./gs)) {
    if (token === delimiter) parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts.map(unescapeText)
}

const NAME = /([A-Z0-9.-]+)(?=[;:])/iy
const PARAM = /;([A-Z0-9-]+)(?=[=;:])/iy
const PARAM_VALUE = /[=,](?:"([^"]+)"|([^";:,]*))(?=[;:,])/y

/**
 * Read an iCalendar object or a vCard. A document whose end is missing ends where the text does.
 * @throws ComponentError in the words of sabre/vobject (Nextcloud 34.0.1, asked)
 */
export function readComponent(text: string): Component {
  const lines = new Lines(text.replace(/^\ufeff/, ''))
  const first = lines.next()?.toUpperCase()
  if (first === undefined) throw new ComponentError('End of document reached prematurely')
  if (first !== 'BEGIN:VCALENDAR' && first !== 'BEGIN:VCARD') {
    throw new ComponentError('This parser only supports VCARD and VCALENDAR files')
  }
  return readBody(lines, first.slice(6), null)
}

function readBody(lines: Lines, written: string, root: string | null): Component {
  const component: Component = { name: written.toUpperCase(), children: [] }
  for (;;) {
    const line = lines.next()
    if (line === undefined) {
      if (root === null) return component
      throw new ComponentError('End of document reached prematurely')
    }
    const start = line.slice(0, 6).toUpperCase()
    if (start.startsWith('END:')) {
      const ended = line.slice(4).toUpperCase()
      if (ended === component.name) return component
      throw new ComponentError(`Invalid MimeDir file. expected: "END:${component.name}" got: "END:${ended}"`)
    }
    const outermost = root ?? component.name
    if (start !== 'BEGIN:') component.children.push(readProperty(line, lines.startLine))
    else if (line.slice(6) === outermost) {
      throw new ComponentError(`Invalid MimeDir file. Unexpected component: "${line}" in document type ${outermost}`)
    } else component.children.push(readBody(lines, line.slice(6), outermost))
  }
}

function readProperty(line: string, at: number): Property {
  const take = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from
    return pattern.exec(line)
  }
  const head = take(NAME, 0)
  if (!head) {
    throw new ComponentError(`Invalid Mimedir file. Line starting at ${at} did not follow iCalendar/vCard conventions`)
  }
  const params = new Map<string, string[]>()
  let position = head[0].length
  for (let param = take(PARAM, position); param; param = take(PARAM, position)) {
    position += param[0].length
    const values: string[] = params.get(param[1]!.toUpperCase()) ?? []
    for (let value = take(PARAM_VALUE, position); value; value = take(PARAM_VALUE, position)) {
      position += value[0].length
      const read = unescapeParam(value[1] ?? value[2]!)
      if (!values.includes(read)) values.push(read)
    }
    params.set(param[1]!.toUpperCase(), values)
  }
  const colon = line.indexOf(':', position)
  const [name, ...rest] = head[1]!.split('.').reverse()
  return {
    group: rest.length > 0 ? rest.reverse().join('.').toUpperCase() : null,
    name: name!.toUpperCase(),
    params,
    value: colon < 0 ? '' : line.slice(colon + 1),
  }
}

const PARAM_ESCAPES: Readonly<Record<string, string>> = { n: '\n', '^': '^', "'": '"' }
const unescapeParam = (text: string) => text.replace(/\^([n^'])/g, (_, char: string) => PARAM_ESCAPES[char]!)

/** Unfolded lines, with the number of the line where each began. */
class Lines {
  readonly #lines: readonly string[]
  #at = 0
  startLine = 0
  #counted = 0

  constructor(text: string) {
    this.#lines = text.split('\n').map((line) => line.replace(/\r+$/, ''))
  }

  next(): string | undefined {
    while (this.#lines[this.#at] === '') this.#at++
    let line = this.#lines[this.#at]
    if (line === undefined) return undefined
    this.#at++
    this.#counted++
    this.startLine = this.#counted
    for (;;) {
      const next = this.#lines[this.#at]
      if (next === undefined || !/^[ \t]/.test(next)) return line
      line += next.slice(1)
      this.#at++
      this.#counted++
    }
  }
}

/** The same things, those of one name together, each name where it stood first. */
export function byName<T extends Property | Component>(children: readonly T[]): T[] {
  const groups = new Map<string, T[]>()
  for (const child of children) {
    const group = groups.get(child.name)
    if (group) group.push(child)
    else groups.set(child.name, [child])
  }
  return [...groups.values()].flat()
}
