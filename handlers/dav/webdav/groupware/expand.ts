import {
  type Component,
  componentsOf,
  copyOf,
  isComponent,
  type Property,
  property,
  propertyOf,
  readComponent,
} from '#lib/icalendar/component.ts'
import { eventAt, isRecurring, occurrencesOf, spanOf } from '#lib/icalendar/recurrence.ts'
import { momentAt, timesOf, utcText } from '#lib/icalendar/time.ts'
import { PRODID } from '#lib/icalendar/validate.ts'

const TIMES: ReadonlySet<string> = new Set([
  ...[
    'DTSTART',
    'DTEND',
    'DUE',
    'RECURRENCE-ID',
    'EXDATE',
    'RDATE',
    'COMPLETED',
    'CREATED',
    'DTSTAMP',
    'LAST-MODIFIED',
  ],
])

/** Every series as single events, and every time in UTC, between two moments. */
export function expand(calendar: Component, start: number, end: number, zone = 'UTC'): Component {
  const series = new Map<string, Component[]>()
  const children: (Property | Component)[] = []
  for (const child of calendar.children) {
    if (!isComponent(child)) {
      if (child.name !== 'PRODID') children.push(copyOf(child))
    } else if (child.name === 'VEVENT') {
      if (isRecurring(child) || propertyOf(child, 'RECURRENCE-ID')) {
        const uid = propertyOf(child, 'UID')?.value ?? ''
        series.set(uid, [...(series.get(uid) ?? []), child])
      } else if (isBetween(child, start, end, zone)) children.push(inUtc(copyOf(child), zone))
    }
  }
  for (const events of series.values()) {
    const own = events.find((event) => !propertyOf(event, 'RECURRENCE-ID')) ?? events[0]!
    for (const occurrence of occurrencesOf(events, zone)) {
      if (occurrence.start >= end) break
      if (occurrence.end > start) children.push(inUtc(eventAt(own, occurrence), zone))
    }
  }
  const others = children.filter(
    (child) => isComponent(child) || (child.name !== 'VERSION' && child.name !== 'CALSCALE'),
  )
  const scale = children.find(({ name }) => name === 'CALSCALE') ?? property('CALSCALE', 'GREGORIAN')
  return {
    name: 'VCALENDAR',
    children: [property('VERSION', '2.0'), property('PRODID', PRODID), scale, ...others],
  }
}

function isBetween(event: Component, start: number, end: number, zone: string): boolean {
  const span = spanOf(event, zone)
  return span !== null && start < span.end && end > span.start
}

function inUtc(component: Component, zone: string): Component {
  for (const child of component.children) {
    if (isComponent(child)) inUtc(child, zone)
    else if (TIMES.has(child.name) && child.params.get('VALUE')?.[0]?.toUpperCase() !== 'DATE') {
      child.value = timesOf(child, zone)
        .map((time) => utcText(momentAt(time)))
        .join(',')
      child.params.delete('TZID')
    }
  }
  return component
}

/** The zone of a calendar, as its `calendar-timezone` names it. */
export function zoneOfCalendar(timezone: string | null): string {
  if (timezone === null) return 'UTC'
  try {
    const [zone] = componentsOf(readComponent(timezone), 'VTIMEZONE')
    const name = zone && propertyOf(zone, 'TZID')?.value
    return name === undefined
      ? 'UTC'
      : (Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone ?? name)
  } catch {
    return 'UTC'
  }
}
