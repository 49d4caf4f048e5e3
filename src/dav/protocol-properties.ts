import { aclElements, callerPrivileges, principalOf, supportedPrivileges } from './acl.ts'
import { allowedMethods } from './methods.ts'
import type { PropertyValue } from './multistatus.ts'
import { type DavContext, pathAt, type Resource } from './resource.ts'
import { d, element, type XmlElement } from './xml.ts'

/** Where principals are looked for, on a server that has all of them. */
const SEARCHED = ['users', 'groups', 'calendar-resources', 'calendar-rooms']

/** The collections of principals that others are told to look in. */
export const searchedPrincipals = (dav: Pick<DavContext, 'server'>): XmlElement[] =>
  (dav.server.searched ?? SEARCHED).map((kind) => addressOf(dav, `principals/${kind}`))

type Getter = (dav: DavContext, resource: Resource) => PropertyValue | undefined

const LOCK_ENTRY = (scope: string): XmlElement =>
  element(d('lockentry'), [element(d('lockscope'), [element(d(scope))]), element(d('locktype'), [element(d('write'))])])

/** The address of a principal, or of anything else below the server's base. */
export const addressOf = (dav: Pick<DavContext, 'server'>, path: string): XmlElement =>
  element(d('href'), `${pathAt(dav, path)}/`)

const GETTERS: ReadonlyMap<string, Getter> = new Map<string, Getter>([
  [d('getetag'), (_, { etag }) => etag],
  [d('owner'), (dav, { acl }) => (acl && acl.owner !== null ? [addressOf(dav, acl.owner)] : undefined)],
  [d('current-user-principal'), (dav) => [addressOf(dav, principalOf(dav))]],
  [d('principal-collection-set'), searchedPrincipals],
  [d('acl'), (dav, { acl }) => acl && aclElements(dav, acl)],
  [d('current-user-privilege-set'), (dav, resource) => resource.acl && callerPrivileges(dav, resource)],
  [d('supported-privilege-set'), (_, resource) => resource.acl && supportedPrivileges(resource)],
  [
    d('supported-report-set'),
    (_, { reports }) => reports?.map((name) => element(d('supported-report'), [element(d('report'), [element(name)])])),
  ],
  [
    d('supported-method-set'),
    (dav, resource) =>
      allowedMethods(dav, resource.path, resource).map((name) => ({
        name: d('supported-method'),
        attributes: { name },
      })),
  ],
  [d('lockdiscovery'), () => []],
  [d('supportedlock'), () => [LOCK_ENTRY('exclusive'), LOCK_ENTRY('shared')]],
])

/** A property that any resource has for what it says of itself, who asks, and what the protocol can do with it. */
export const protocolProperty = (dav: DavContext, resource: Resource, name: string): PropertyValue | undefined =>
  GETTERS.get(name)?.(dav, resource)

/** A resource with its own properties and those that any has. */
export function withProtocol(dav: DavContext, resource: Resource): Resource {
  const whole: Resource = {
    ...resource,
    property: (name) => resource.property(name) ?? protocolProperty(dav, whole, name),
  }
  return whole
}
