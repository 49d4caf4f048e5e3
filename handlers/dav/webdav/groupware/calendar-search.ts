import { propertyNames } from '#dav/propfind.ts'
import { childOf, childrenOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import { type Component, componentsOf, propertiesOf, readComponent, unescapeText } from '#lib/icalendar/component.ts'
import type { Answer } from '#line/call.ts'
import { badRequest } from '#line/dav-exit.ts'
import { partOf, reported } from './answers.ts'
import { findObject, visibleObjects } from './calendar-object.ts'
import type { CalendarView } from './calendar-view.ts'
import { ncCom } from './names.ts'

/** What of an object is looked through. */
interface Search {
  readonly components: readonly string[]
  readonly properties: readonly string[]
  readonly params: readonly { readonly property: string; readonly name: string }[]
  readonly term: string
}

/** `calendar-search`: what a home holds with a text in some of its properties. */
export function expandSearch(
  dav: DavContext,
  root: ReadElement,
  viewsWithPaths: () => readonly (readonly [CalendarView, string])[],
): Answer | undefined {
  if (root.name !== ncCom('calendar-search')) return undefined
  const filter = childOf(root, ncCom('filter'))
  if (!filter) throw badRequest(`The ${ncCom('filter')} element is required for this request`)
  if (!['', '2'].includes(dav.call.header('depth'))) return reported(dav, [])
  const names = (element: string) => childrenOf(filter, ncCom(element)).map(({ attributes }) => attributes.name ?? '')
  const search: Search = {
    components: names('comp-filter'),
    properties: names('prop-filter'),
    params: childrenOf(filter, ncCom('param-filter')).map(({ attributes }) => ({
      property: attributes.property ?? '',
      name: attributes.name ?? '',
    })),
    term: (childOf(filter, ncCom('search-term'))?.text ?? '').toLowerCase(),
  }
  const number = (element: string) => Number.parseInt(childOf(filter, ncCom(element))?.text ?? '', 10)
  const offset = number('offset') || 0
  const limit = number('limit')
  const found = viewsWithPaths().flatMap(([view, path]) =>
    visibleObjects(dav, view)
      .filter(({ data }) => isHit(readComponent(data), search))
      .map(({ uri }) => findObject(dav, view, path, uri)),
  )
  const page = found.slice(offset, Number.isNaN(limit) ? undefined : offset + limit)
  const requested = propertyNames(childOf(root, d('prop')))
  return reported(
    dav,
    page.map((resource) => partOf(dav, resource, requested)),
  )
}

/** Whether a calendar object holds a text where it is looked for. */
export function isHit(document: Component, { components, properties, params, term }: Search): boolean {
  return componentsOf(document)
    .filter(({ name }) => components.includes(name))
    .some(
      (component) =>
        properties.some((name) =>
          propertiesOf(component, name).some(({ value }) => unescapeText(value).toLowerCase().includes(term)),
        ) ||
        params.some(({ property, name }) =>
          propertiesOf(component, property).some((one) =>
            one.params.get(name)?.some((value) => value.toLowerCase().includes(term)),
          ),
        ),
    )
}
