import { byName, type Component, escapeText, isComponent, type Property, splitText, unescapeText } from './component.ts'

/** Properties whose values are not text: they are written as they were read. */
const NO_TEXT: ReadonlySet<string> = new Set([
  ...['GEO', 'PERCENT-COMPLETE', 'PRIORITY', 'COMPLETED', 'DTEND', 'DUE', 'DTSTART', 'DURATION', 'FREEBUSY'],
  ...['TZOFFSETFROM', 'TZOFFSETTO', 'ATTENDEE', 'ORGANIZER', 'RECURRENCE-ID', 'EXDATE', 'RDATE', 'RRULE', 'EXRULE'],
  ...['REPEAT', 'TRIGGER', 'CREATED', 'DTSTAMP', 'LAST-MODIFIED', 'SEQUENCE', 'ACKNOWLEDGED', 'DEFAULT-ALARM'],
  ...['PHOTO', 'LOGO', 'BDAY', 'ANNIVERSARY', 'DEATHDATE', 'REV', 'LANG', 'REFRESH-INTERVAL'],
])
const ADDRESSES: ReadonlySet<string> = new Set([
  ...['ATTACH', 'TZURL', 'URL', 'FBURL', 'CAPURI', 'CALURI', 'CALADRURI', 'IMPP', 'SOURCE', 'MEMBER', 'RELATED'],
])
/** Texts of several parts. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['CATEGORIES', ','],
  ['RESOURCES', ','],
  ['NICKNAME', ','],
  ['N', ';'],
  ['ADR', ';'],
  ['ORG', ';'],
  ['GENDER', ';'],
  ['CLIENTPIDMAP', ';'],
  ['REQUEST-STATUS', ';'],
])

/** Whether what a property holds is text, so that escapes in it mean something. */
export function isText({ name, params }: Property): boolean {
  const type = params.get('VALUE')?.[0]?.toUpperCase()
  if (type !== undefined) return type === 'TEXT'
  return !NO_TEXT.has(name) && !ADDRESSES.has(name)
}

/** What joins the parts of a property that has several. */
export const delimiterOf = ({ name }: Property): string | undefined => LISTS.get(name)

/** A document with the bytes of sabre/vobject: properties of one name together, 75 bytes a line (Nextcloud 34.0.1, asked). */
export function writeComponent(component: Component): string {
  const lines: string[] = []
  collect(component, lines)
  return lines.join('')
}

function collect(component: Component, lines: string[]): void {
  lines.push(`BEGIN:${component.name}\r\n`)
  for (const child of inOrder(component)) {
    if (isComponent(child)) collect(child, lines)
    else lines.push(fold(propertyLine(child)))
  }
  lines.push(`END:${component.name}\r\n`)
}

/** `VERSION`, other properties, time zones, other components; those of one name together. */
function inOrder({ children }: Component): (Property | Component)[] {
  const rank = (child: Property | Component) => {
    if (isComponent(child)) return child.name === 'VTIMEZONE' ? 2 : 3
    return child.name === 'VERSION' ? 0 : 1
  }
  return byName(children).sort((a, b) => rank(a) - rank(b))
}

function propertyLine(property: Property): string {
  const { group, name, params } = property
  const written = [...params].map(([param, values]) => `;${param}=${values.map(paramValue).join(',')}`).join('')
  return `${group === null ? '' : `${group}.`}${name}${written}:${rawValue(property)}`
}

function rawValue(property: Property): string {
  const { name, value } = property
  if (isText(property)) {
    const delimiter = LISTS.get(name)
    if (delimiter === undefined) return escapeText(unescapeText(value))
    return splitText(value, delimiter).map(escapeText).join(delimiter)
  }
  return ADDRESSES.has(name) ? value.replaceAll('\\,', ',').replaceAll(',', '\\,') : value
}

const SPECIAL = /[\n":;^,+]/

function paramValue(value: string): string {
  if (!SPECIAL.test(value)) return value
  return `"${value.replaceAll('^', '^^').replaceAll('\n', '^n').replaceAll('"', "^'")}"`
}

const MOST_BYTES = 75
const encoder = new TextEncoder()

/** A line in pieces of at most 75 bytes, no character cut in two. */
function fold(line: string): string {
  if (line.length <= MOST_BYTES / 3 || encoder.encode(line).length <= MOST_BYTES) return `${line}\r\n`
  let folded = ''
  let room = MOST_BYTES
  for (const char of line) {
    const bytes = char.codePointAt(0)! < 0x80 ? 1 : encoder.encode(char).length
    if (bytes > room) {
      folded += '\r\n '
      room = MOST_BYTES - 1
    }
    folded += char
    room -= bytes
  }
  return `${folded}\r\n`
}
