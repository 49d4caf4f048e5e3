import {
  byName,
  type Component,
  componentsOf,
  escapeText,
  isComponent,
  type Property,
  propertiesOf,
  property,
  propertyOf,
  textOf,
} from './component.ts'
import { valueTypeOf } from './value-types.ts'

/** `repaired`: it is well now; `warning`: it is to be accepted all the same. */
export type Severity = 'repaired' | 'warning' | 'error'

/** Something that is wrong with a document. */
export interface Problem {
  readonly severity: Severity
  readonly message: string
}

export interface ValidationOptions {
  /** Whether to mend what can be mended. */
  readonly repairs: boolean
  /** A new UID. */
  uuid(): string
  /** Seconds since 1970. */
  readonly now: number
}

/** How often a property may appear: `1`: exactly once, `?`: at most once. */
type Rules = Readonly<Record<string, '1' | '?'>>

const once = (names: string): Rules => Object.fromEntries(names.split(' ').map((name) => [name, '1' as const]))
const atMostOnce = (names: string): Rules => Object.fromEntries(names.split(' ').map((name) => [name, '?' as const]))

const RULES: Readonly<Record<string, Rules>> = {
  VCALENDAR: { ...once('PRODID VERSION'), ...atMostOnce('CALSCALE METHOD') },
  VEVENT: {
    ...once('UID DTSTAMP DTSTART'),
    ...atMostOnce('CLASS CREATED DESCRIPTION GEO LAST-MODIFIED LOCATION ORGANIZER PRIORITY SEQUENCE STATUS'),
    ...atMostOnce('SUMMARY TRANSP URL RECURRENCE-ID RRULE DTEND DURATION'),
  },
  VTODO: {
    ...once('UID DTSTAMP'),
    ...atMostOnce('CLASS COMPLETED CREATED DESCRIPTION DTSTART GEO LAST-MODIFIED LOCATION ORGANIZER PERCENT'),
    ...atMostOnce('PRIORITY RECURRENCE-ID SEQUENCE STATUS SUMMARY URL RRULE DUE DURATION'),
  },
  VJOURNAL: {
    ...once('UID DTSTAMP'),
    ...atMostOnce('CLASS CREATED DTSTART LAST-MODIFIED ORGANIZER RECURRENCE-ID SEQUENCE STATUS SUMMARY URL RRULE'),
  },
  VFREEBUSY: { ...once('UID DTSTAMP'), ...atMostOnce('CONTACT DTSTART DTEND ORGANIZER URL') },
  VALARM: { ...once('ACTION TRIGGER'), ...atMostOnce('DURATION REPEAT ATTACH') },
  VTIMEZONE: { ...once('TZID'), ...atMostOnce('LAST-MODIFIED TZURL') },
  VCARD: { ...once('VERSION'), ...atMostOnce('ANNIVERSARY BDAY GENDER KIND N PRODID REV UID') },
}

/** Components that a missing UID or DTSTAMP can be given to. */
const STAMPED: ReadonlySet<string> = new Set(['VEVENT', 'VTODO', 'VJOURNAL'])

export const PRODID = '-//Sabre//Sabre VObject 4.5.6//EN'

function defaultOf(component: Component, name: string, options: ValidationOptions): string | undefined {
  if (component.name === 'VCALENDAR') return name === 'PRODID' ? PRODID : name === 'VERSION' ? '2.0' : undefined
  if (component.name === 'VCARD') return name === 'VERSION' ? '4.0' : undefined
  if (!STAMPED.has(component.name)) return undefined
  if (name === 'UID') return `sabre-vobject-${options.uuid()}`
  if (name !== 'DTSTAMP') return undefined
  return new Date(options.now * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/**
 * What is wrong with a calendar object that is to be kept, in the order and the words of sabre/vobject
 * (Nextcloud 34.0.1, asked). It may be changed where it can be mended.
 */
export function validateCalendar(calendar: Component, options: ValidationOptions): Problem[] {
  const problems = validateComponent(calendar, options)
  const error = (message: string) => problems.push({ severity: 'error', message })
  const version = textOf(calendar, 'VERSION')
  if (version !== undefined && version !== '2.0')
    error('Only iCalendar version 2.0 as defined in rfc5545 is supported.')
  const found = componentsOf(calendar).filter(({ name }) => STAMPED.has(name))
  const masters = new Set<string>()
  for (const one of found) {
    if (propertyOf(one, 'RECURRENCE-ID')) continue
    const uid = textOf(one, 'UID') ?? ''
    if (masters.has(uid)) error(`More than one master object was found for the object with UID ${uid}`)
    masters.add(uid)
  }
  const kept = 'A calendar object on a CalDAV server'
  if (componentsOf(calendar).length === 0) error('An iCalendar object must have at least 1 component.')
  if (new Set(found.map((one) => textOf(one, 'UID') ?? '')).size > 1) {
    error(`${kept} may only have components with the same UID.`)
  }
  if (found.length === 0) error(`${kept} must have at least 1 component (VTODO, VEVENT, VJOURNAL).`)
  if (new Set(found.map(({ name }) => name)).size > 1) {
    error(`${kept} may only have 1 type of component (VEVENT, VTODO or VJOURNAL).`)
  }
  if (propertyOf(calendar, 'METHOD')) error(`${kept} MUST NOT have a METHOD property.`)
  return problems
}

/** What is wrong with a card that is to be kept; see {@link validateCalendar}. */
export function validateCard(card: Component, options: ValidationOptions): Problem[] {
  const own: Problem[] = []
  const versions = propertiesOf(card, 'VERSION')
  const version = versions.length === 1 ? versions[0]!.value : null
  if (version !== null && !['2.1', '3.0', '4.0'].includes(version)) {
    const message =
      'Only vcard version 4.0 (RFC6350), version 3.0 (RFC2426) or version 2.1 (icm-vcard-2.1) are supported.'
    own.push({ severity: 'error', message })
  }
  if (version === '2.1')
    own.push({ severity: 'error', message: 'CardDAV servers are not allowed to accept vCard 2.1.' })
  if (!propertyOf(card, 'UID')) {
    if (options.repairs) card.children.push(property('UID', options.uuid()))
    own.push({
      severity: options.repairs ? 'repaired' : 'error',
      message: 'vCards on CardDAV servers MUST have a UID property.',
    })
  }
  const names = propertiesOf(card, 'FN')
  if (names.length !== 1) {
    const name = options.repairs && names.length === 0 ? nameOf(card) : null
    if (name !== null) card.children.push(property('FN', escapeText(name)))
    const message = 'The FN property must appear in the VCARD component exactly 1 time'
    own.push({ severity: name === null ? 'error' : 'repaired', message })
  }
  return [...validateComponent(card, options), ...own]
}

/** What a card without a name can be called; `null`: nobody knows. */
function nameOf(card: Component): string | null {
  const name = textOf(card, 'N')
  if (name !== undefined) {
    const [family, given] = name.split(';')
    return given ? `${given} ${family}` : family!
  }
  return textOf(card, 'ORG') ?? textOf(card, 'NICKNAME') ?? textOf(card, 'EMAIL') ?? null
}

function validateComponent(component: Component, options: ValidationOptions): Problem[] {
  const problems: Problem[] = []
  for (const child of byName(component.children)) {
    problems.push(
      ...(isComponent(child) ? validateComponent(child, options) : validateProperty(child, component, options)),
    )
  }
  for (const [name, rule] of Object.entries(RULES[component.name] ?? {})) {
    const problem = rule === '1' ? checkOnce(component, name, options) : checkAtMostOnce(component, name, options)
    if (problem) problems.push(problem)
  }
  if (component.name === 'VTODO') problems.push(...dueProblems(component))
  return problems
}

function checkOnce(component: Component, name: string, options: ValidationOptions): Problem | null {
  if (propertiesOf(component, name).length === 1) return null
  const value = options.repairs ? defaultOf(component, name, options) : undefined
  if (value !== undefined) component.children.push(property(name, value))
  return {
    severity: value === undefined ? 'error' : 'repaired',
    message: `${name} MUST appear exactly once in a ${component.name} component`,
  }
}

/** The same line twice is mended by leaving one out. */
function checkAtMostOnce(component: Component, name: string, { repairs }: ValidationOptions): Problem | null {
  const found = propertiesOf(component, name)
  if (found.length <= 1) return null
  const isSame = repairs && found.every(({ value }) => value === found[0]!.value)
  if (isSame) component.children = component.children.filter((child) => child.name !== name || child === found[0])
  return {
    severity: isSame ? 'repaired' : 'error',
    message: `${name} MUST NOT appear more than once in a ${component.name} component`,
  }
}

function dueProblems(todo: Component): Problem[] {
  const [start, due] = [propertyOf(todo, 'DTSTART'), propertyOf(todo, 'DUE')]
  if (!start || !due) return []
  if (valueTypeOf(start) !== valueTypeOf(due)) {
    const message = 'The value type (DATE or DATE-TIME) must be identical for DUE and DTSTART'
    return [{ severity: 'error', message }]
  }
  return due.value < start.value ? [{ severity: 'error', message: 'DUE must occur after DTSTART' }] : []
}

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

function validateProperty(given: Property, owner: Component, { repairs }: ValidationOptions): Problem[] {
  const problems: Problem[] = []
  const control = CONTROL.exec(given.value)
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).padStart(2, '0')
    problems.push({
      severity: repairs ? 'repaired' : 'error',
      message: `Property contained a control character (0x${code})`,
    })
    if (repairs) given.value = given.value.replace(new RegExp(CONTROL, 'g'), '')
  }
  problems.push(...encodingProblems(given, owner, repairs), ...minimumProblems(given, owner, repairs))
  const bad = badDate(given)
  if (bad !== null) {
    const message = `The supplied value (${bad}) is not a correct ${valueTypeOf(given)}`
    problems.push({ severity: 'error', message })
  }
  return problems
}

const DATES: Readonly<Record<string, RegExp>> = {
  DATE: /^\d{4}[01]\d[0-3]\d$/,
  'DATE-TIME': /^\d{4}[01]\d[0-3]\dT[0-2]\d[0-5]\d[0-5]\dZ?$/,
}
const DATED: ReadonlySet<string> = new Set([
  ...['COMPLETED', 'DTEND', 'DUE', 'DTSTART', 'RECURRENCE-ID', 'EXDATE', 'RDATE', 'CREATED', 'DTSTAMP'],
  ...['LAST-MODIFIED', 'ACKNOWLEDGED'],
])

function badDate(given: Property): string | null {
  const form = DATED.has(given.name) ? DATES[valueTypeOf(given)] : undefined
  return (form && given.value.split(',').find((value) => !form.test(value))) ?? null
}

/** Cards say of pictures how they are encoded. */
function encodingProblems(given: Property, { name }: Component, repairs: boolean): Problem[] {
  const encoding = given.params.get('ENCODING')?.[0]
  if (encoding === undefined || name !== 'VCARD') return []
  if (encoding.toUpperCase() === 'B') return []
  if (encoding.toUpperCase() === 'BASE64' && repairs) {
    given.params.set('ENCODING', ['B'])
    return [{ severity: 'repaired', message: 'ENCODING=BASE64 has been transformed to ENCODING=B.' }]
  }
  const message = `ENCODING=${encoding.toUpperCase()} is not valid for this document type.`
  return [{ severity: 'error', message }]
}

const LEAST_PARTS: Readonly<Record<string, number>> = { N: 5, ADR: 7 }

function minimumProblems(given: Property, { name }: Component, repairs: boolean): Problem[] {
  const least = name === 'VCARD' ? LEAST_PARTS[given.name] : undefined
  const parts = given.value.match(/(?<!\\);/g)?.length ?? 0
  if (least === undefined || parts + 1 >= least) return []
  if (repairs) given.value += ';'.repeat(least - parts - 1)
  const message = `The ${given.name} property must have at least ${least} values. It only has ${parts + 1}`
  return [{ severity: repairs ? 'repaired' : 'error', message }]
}
