import type { ReadElement } from '#dav/read-xml.ts'
import { type Component, componentsOf, type Property, property, propertyOf, textOf } from '#lib/icalendar/component.ts'
import { isRecurring, occurrencesOf, spanOf } from '#lib/icalendar/recurrence.ts'
import { utcText } from '#lib/icalendar/time.ts'
import { PRODID } from '#lib/icalendar/validate.ts'
import { forbidden } from '#line/dav-exit.ts'
import { cal } from './names.ts'

interface Busy {
  start: number
  end: number
  type: string
}

/** When somebody is busy between two moments: a calendar with a `VFREEBUSY`. */
export function freeBusy(
  calendars: readonly Component[],
  start: number,
  end: number,
  now: number,
  more: { readonly method?: string; readonly properties?: readonly Property[]; readonly zone?: string } = {},
): Component {
  const found: Busy[] = []
  for (const calendar of calendars) {
    for (const event of componentsOf(calendar, 'VEVENT')) {
      if (!propertyOf(event, 'RECURRENCE-ID')) collect(calendar, event, start, end, more.zone ?? 'UTC', found)
    }
  }
  const times = merged(found).map(({ start: from, end: to, type }) =>
    property('FREEBUSY', `${utcText(from)}/${utcText(to)}`, type === 'BUSY' ? [] : [['FBTYPE', [type]]]),
  )
  return {
    name: 'VCALENDAR',
    children: [
      property('VERSION', '2.0'),
      property('PRODID', PRODID),
      property('CALSCALE', 'GREGORIAN'),
      ...(more.method === undefined ? [] : [property('METHOD', more.method)]),
      {
        name: 'VFREEBUSY',
        children: [
          property('DTSTART', utcText(start)),
          property('DTEND', utcText(end)),
          property('DTSTAMP', utcText(now)),
          ...times,
          ...(more.properties ?? []),
        ],
      },
    ],
  }
}

function collect(calendar: Component, event: Component, start: number, end: number, zone: string, found: Busy[]): void {
  const status = textOf(event, 'STATUS')?.toUpperCase()
  if (textOf(event, 'TRANSP')?.toUpperCase() === 'TRANSPARENT' || status === 'CANCELLED') return
  const type = status === 'TENTATIVE' ? 'BUSY-TENTATIVE' : 'BUSY'
  const add = (span: { readonly start: number; readonly end: number }) => {
    if (span.end >= start && span.start <= end && span.end > span.start) {
      found.push({ start: Math.max(start, span.start), end: Math.min(end, span.end), type })
    }
  }
  if (!isRecurring(event)) {
    const span = spanOf(event, zone)
    if (span) add(span)
    return
  }
  const uid = propertyOf(event, 'UID')?.value
  const events = componentsOf(calendar, 'VEVENT').filter((one) => propertyOf(one, 'UID')?.value === uid)
  for (const occurrence of occurrencesOf(events, zone)) {
    if (occurrence.start > end) break
    add(occurrence)
  }
}

/** In order, what touches put together. */
function merged(all: readonly Busy[]): Busy[] {
  const result: Busy[] = []
  for (const one of all.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1)
    if (last && last.type === one.type && one.start <= last.end) last.end = Math.max(last.end, one.end)
    else result.push({ ...one })
  }
  return result.filter(({ start, end }) => end > start)
}

/** Only a calendar says when it is busy. */
export function freeBusyElsewhere(root: ReadElement): undefined {
  if (root.name === cal('free-busy-query')) throw forbidden('Access denied')
  return undefined
}
