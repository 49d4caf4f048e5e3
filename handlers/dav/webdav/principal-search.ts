import { multistatus } from '#dav/multistatus.ts'
import { propertyNames, responseFor } from '#dav/propfind.ts'
import { childOf, childrenOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, writeXml, type XmlElement } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'
import { badRequest } from '#line/dav-exit.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { enumeration } from '#world/sharing/settings.ts'

const XML = ['Content-Type', 'application/xml; charset=utf-8'] as const
const SABRE = '{http://sabredav.org/ns}'
const CALENDARS = '{urn:ietf:params:xml:ns:caldav}'

/** What principals can be searched by, with what people call it. */
const SEARCHABLE: readonly (readonly [string, string])[] = [
  [d('displayname'), 'Display name'],
  [`${SABRE}email-address`, 'Email address'],
]

/** Accounts or groups by their names or addresses. */
export function searchPrincipals(
  dav: DavContext,
  kind: string,
  root: ReadElement,
  principal: (dav: DavContext, path: string, displayName: string, userId: string | undefined) => Resource,
): Answer | undefined {
  if (root.name === d('principal-search-property-set')) return searchableProperties(dav, root)
  if (root.name !== d('principal-property-search')) return undefined
  const tests = childrenOf(root, d('property-search')).map((search) => ({
    names: childOf(search, d('prop'))?.children.map(({ name }) => name) ?? [],
    text: (childOf(search, d('match'))?.text ?? '').toLowerCase(),
  }))
  const isAny = root.attributes.test === 'anyof'
  const passes = (value: (name: string) => string) => {
    const results = tests.flatMap(({ names, text }) => names.map((name) => isHit(dav, value(name), text)))
    return results.length > 0 && (isAny ? results.some(Boolean) : results.every(Boolean))
  }
  const requested = propertyNames(childOf(root, d('prop'))) ?? []
  const found = principalsOf(dav, kind).filter(({ value }) => passes(value))
  const parts = found.map(({ id, displayName, userId }) =>
    responseFor(dav, principal(dav, `principals/${kind}/${id}`, displayName, userId), requested),
  )
  return { status: 207, headers: [XML, ['Vary', 'Brief,Prefer']], body: multistatus(parts, dav.server.namespaces) }
}

/** Where lists are not allowed, only a whole name or address finds anybody. */
function isHit({ world }: DavContext, value: string, text: string): boolean {
  const { allowed, fullMatch } = enumeration(world)
  const whole = value.toLowerCase()
  if (allowed) return whole.includes(text)
  return fullMatch && text !== '' && whole === text
}

interface Candidate {
  readonly id: string
  readonly displayName: string
  readonly userId: string | undefined
  value(name: string): string
}

function principalsOf({ world }: DavContext, kind: string): Candidate[] {
  const names = (displayName: string, email: string) => (name: string) => {
    if (name === d('displayname')) return displayName
    return name === `${SABRE}email-address` || name === `${CALENDARS}calendar-user-address-set` ? email : ''
  }
  if (kind === 'users') {
    return users.search(world).map(({ id, displayName, email }) => ({
      ...{ id, displayName, userId: id },
      value: names(displayName, email ?? ''),
    }))
  }
  if (kind !== 'groups') return []
  return groups
    .search(world)
    .map(({ id, displayName }) => ({ id, displayName, userId: undefined, value: names(displayName, '') }))
}

function searchableProperties({ server }: DavContext, root: ReadElement): Answer {
  if (root.children.length > 0) throw badRequest(`The ${root.name} element must be empty`)
  const content = SEARCHABLE.map(
    ([name, text]): XmlElement =>
      element(d('principal-search-property'), [
        element(d('prop'), [element(name)]),
        { name: d('description'), attributes: { 'xml:lang': 'en' }, content: text },
      ]),
  )
  return {
    status: 200,
    headers: [XML],
    body: writeXml(element(d('principal-search-property-set'), content), server.namespaces),
  }
}
