import type { DavContext, Resource } from '#dav/resource.ts'
import { type Component, componentsOf, isComponent, property, readComponent, textOf } from '#lib/icalendar/component.ts'
import { jsonText, toJcal } from '#lib/icalendar/jcal.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import type { Answer } from '#line/call.ts'
import { badRequest } from '#line/dav-exit.ts'
import { getApp } from '#world/settings/config.ts'
import { asDavError, type CompFilter } from './calendar-query.ts'
import { isFound } from './calendar-reports.ts'
import { expand, zoneOfCalendar } from './expand.ts'
import { cal } from './names.ts'

/** A calendar that is exported. */
export interface Exported {
  readonly name: string
  readonly displayName: string | null
  readonly color: string | null
  readonly timezone: string | null
  readonly objects: readonly Resource[]
}

const COMPONENTS = ['VEVENT', 'VTODO', 'VJOURNAL']

/** `?export`: all that is in a calendar as one, or what a part of the query asks for. */
export function exportCalendar(dav: DavContext, exported: Exported): Answer {
  const query = new URLSearchParams(dav.call.query)
  const start = moment(query, 'start')
  const end = moment(query, 'end')
  const isExpanded = query.has('expand') && !['', '0'].includes(query.get('expand')!)
  if (isExpanded && (start === null || end === null)) {
    const message = "If you'd like to expand recurrences, you must specify both a start= and end= parameter."
    throw badRequest(message)
  }
  const component = query.get('componentType')
  if (component !== null && !COMPONENTS.includes(component)) {
    throw badRequest(`You are not allowed to search for components of type: ${component} here`)
  }
  try {
    const wanted = component ?? (isExpanded ? 'VEVENT' : '')
    const isFiltered = start !== null || end !== null || wanted !== ''
    const filter = filterFor(wanted, start, end)
    const found = isFiltered ? exported.objects.filter((one) => isFound(one, filter, true)) : exported.objects
    const merged = mergeObjects(dav, exported, found)
    const calendar = isExpanded ? expand(merged, start!, end!, zoneOfCalendar(exported.timezone)) : merged
    return answer(dav, exported.name, calendar, query)
  } catch (error) {
    throw asDavError(error)
  }
}

function moment(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (text === null) return null
  if (!/^\d+$/.test(text)) throw badRequest(`The ${name}= parameter must contain a unix timestamp`)
  return Number(text)
}

/** Without a kind of component nothing is found in a span of time (Nextcloud 34.0.1, asked). */
const filterFor = (component: string, start: number | null, end: number | null): CompFilter => ({
  name: 'VCALENDAR',
  isNotDefined: false,
  properties: [],
  range: null,
  components: [
    {
      name: component,
      isNotDefined: false,
      properties: [],
      components: [],
      range: start === null && end === null ? null : { start, end },
    },
  ],
})

function mergeObjects(dav: DavContext, { displayName, color }: Exported, objects: readonly Resource[]): Component {
  const refresh = getApp(dav.world, 'dav', 'defaultRefreshIntervalExportedCalendars', 'PT4H')
  const header = [
    property('VERSION', '2.0'),
    property('CALSCALE', 'GREGORIAN'),
    property('PRODID', '-//SabreDAV//SabreDAV//EN'),
    ...(displayName === null ? [] : [property('X-WR-CALNAME', displayName)]),
    ...(color === null ? [] : [property('X-APPLE-CALENDAR-COLOR', color)]),
    property('REFRESH-INTERVAL', refresh, [['VALUE', ['DURATION']]]),
    property('X-PUBLISHED-TTL', refresh),
  ]
  const zones = new Map<string, Component>()
  const components: Component[] = []
  for (const object of objects) {
    for (const child of componentsOf(readComponent(String(object.property(cal('calendar-data')))))) {
      if (COMPONENTS.includes(child.name)) components.push(child)
      const zone = child.name === 'VTIMEZONE' ? (textOf(child, 'TZID') ?? '') : null
      if (zone !== null && !zones.has(zone)) zones.set(zone, child)
    }
  }
  return { name: 'VCALENDAR', children: [...header, ...zones.values(), ...components] }
}

function answer({ call, world }: DavContext, name: string, calendar: Component, query: URLSearchParams): Answer {
  const wish = query.get('accept')
  const isJson =
    /application\/calendar\+json/.test(call.header('accept')) || wish === 'jcal' || wish === 'application/calendar+json'
  const day = new Date(world.clock.now()).toISOString().slice(0, 10)
  const file = `${name.replace(/[^a-zA-Z0-9_ -]/g, '')}-${day}.${isJson ? 'json' : 'ics'}`
  return {
    status: 200,
    headers: [
      ['Content-Disposition', `attachment; filename="${file}"`],
      ['Content-type', isJson ? 'application/calendar+json' : 'text/calendar;charset=UTF-8'],
    ],
    body: isJson ? jsonText(toJcal(inJsonOrder(calendar))) : writeComponent(calendar),
  }
}

/** As JSON, the scale comes before the version. */
function inJsonOrder(calendar: Component): Component {
  const scale = calendar.children.filter((child) => !isComponent(child) && child.name === 'CALSCALE')
  return { ...calendar, children: [...scale, ...calendar.children.filter((child) => !scale.includes(child))] }
}
