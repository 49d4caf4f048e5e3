import type { Answer } from '#line/call.ts'
import { DavError } from '#line/dav-exit.ts'
import { principalOf, requirePrivilege } from './acl.ts'
import { pathOfAddress } from './address.ts'
import { multistatus, type PropertyValue, responseElement } from './multistatus.ts'
import { propertyNames, responseFor } from './propfind.ts'
import { childOf, childrenOf, type ReadElement } from './read-xml.ts'
import { type DavContext, findOrNone, type Resource } from './resource.ts'
import { d, type XmlElement } from './xml.ts'

const XML = ['Content-Type', 'application/xml; charset=utf-8'] as const

const told = (dav: DavContext, parts: Parameters<typeof multistatus>[0], indent = ''): Answer => ({
  status: 207,
  headers: [XML, ...(indent === '' ? [['Vary', 'Brief,Prefer'] as const] : [])],
  body: multistatus(parts, dav.server.namespaces, indent),
})

/** Reports about principals that any address answers (RFC 3253, RFC 3744). */
export function reportAnywhere(dav: DavContext, path: string, root: ReadElement): Answer | undefined {
  switch (root.name) {
    case d('expand-property'):
      return expandProperty(dav, path, root)
    case d('principal-match'):
      return matchPrincipals(dav, path, root)
    case d('sync-collection'): {
      const message = `The ${root.name} REPORT is not supported on this url.`
      throw new DavError(415, 'Sabre\\DAV\\Exception\\ReportNotSupported', message, {
        details: ['<d:supported-report/>'],
      })
    }
    default:
      return undefined
  }
}

/** Properties whose addresses are replaced by what they lead to. */
function expandProperty(dav: DavContext, path: string, root: ReadElement): Answer {
  return told(dav, [expanded(dav, dav.server.find(dav, path), root)], ' ')
}

const nameOf = ({ attributes }: ReadElement): string => `{${attributes.namespace ?? 'DAV:'}}${attributes.name ?? ''}`

function expanded(dav: DavContext, resource: Resource, wanted: ReadElement) {
  const asked = childrenOf(wanted, d('property'))
  const inner = new Map(asked.map((one) => [nameOf(one), one] as const))
  const shown: Resource = {
    ...resource,
    property(name) {
      const value = resource.property(name)
      const below = inner.get(name)
      if (typeof value !== 'object' || !below || below.children.length === 0) return value
      return value.flatMap((address) => leadTo(dav, address, below))
    },
  }
  return responseFor(dav, shown, [...inner.keys()])
}

function leadTo(dav: DavContext, address: XmlElement, wanted: ReadElement): XmlElement[] {
  if (address.name !== d('href') || typeof address.content !== 'string' || !address.content.startsWith('/')) return []
  const found = findOrNone(dav, pathOfAddress(dav, address.content))
  if (!found) return []
  requirePrivilege(dav, found, d('read'))
  return [responseElement(expanded(dav, found, wanted))]
}

/** What is in a collection and is whoever asks, or belongs to them. */
function matchPrincipals(dav: DavContext, path: string, root: ReadElement): Answer {
  const me = principalOf(dav)
  const property = childOf(root, d('principal-property'))?.children[0]?.name
  const isMine = (value: PropertyValue | undefined): boolean =>
    Array.isArray(value) && value.some(({ content }) => typeof content === 'string' && leadsTo(dav, content, me))
  const members = dav.server.find(dav, path).members?.() ?? []
  const found = members.filter((one) => (property === undefined ? one.path === me : isMine(one.property(property))))
  const requested = propertyNames(childOf(root, d('prop'))) ?? []
  return told(
    dav,
    found.map((one) => responseFor(dav, one, requested)),
  )
}

const leadsTo = (dav: DavContext, address: string, path: string): boolean =>
  address.startsWith(dav.server.base) && pathOfAddress(dav, address) === path
