import { forbidden, notFound } from '#line/dav-exit.ts'
import { delegationsOf, proxyOf } from '#world/groupware/delegates.ts'
import type { AccessControl, Grant, Privilege } from './access-control.ts'
import type { DavContext, Resource } from './resource.ts'

export type { AccessControl, Grant, Privilege }

import { d, element, type XmlElement } from './xml.ts'

/** Who asks. */
export const principalOf = ({ userId }: Pick<DavContext, 'userId'>): string =>
  userId === '' ? 'principals/system/public' : `principals/users/${userId}`

/** Whom else somebody is taken for who acts for others; services for older clients know of none. */
const delegatedTo = ({ world, userId, server }: DavContext): string[] =>
  server.places ? [] : delegationsOf(world, userId).map(proxyOf)

export const allGranted = (...principals: readonly string[]): Grant[] =>
  principals.map((principal) => ({ principal, privilege: d('all') }))

const plain = (...names: readonly string[]): Privilege[] => names.map((name) => ({ name: d(name) }))

/** Everything that can be allowed at a resource. */
function privilegesOf({ acl, collection }: Resource): Privilege {
  return {
    name: d('all'),
    parts: [
      { name: d('read'), parts: [...plain('read-acl', 'read-current-user-privilege-set'), ...(acl?.more?.read ?? [])] },
      {
        name: d('write'),
        parts: [
          ...plain('write-properties', 'write-content', 'unlock'),
          ...(collection ? plain('bind', 'unbind') : []),
          ...(acl && acl.owner !== null ? plain('write-acl') : []),
        ],
      },
      ...(acl?.more?.all ?? []),
    ],
  }
}

/** The privileges of whoever asks, in the order of sabre/dav: what was granted last comes first (Nextcloud 34.0.1, asked). */
export function privilegesOfCaller(dav: DavContext, resource: Resource): string[] {
  const { acl } = resource
  if (!acl) return []
  const parts = new Map<string, readonly Privilege[]>()
  const collect = ({ name, parts: own = [] }: Privilege): void => {
    parts.set(name, own)
    own.forEach(collect)
  }
  collect(privilegesOf(resource))
  const proxies = delegatedTo(dav)
  const meant = acl.grants.filter(({ principal }) => isMeant(dav, acl, principal) || proxies.includes(principal))
  const waiting = meant.map(({ privilege }) => privilege)
  const found = new Set<string>()
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    found.add(name)
    for (const part of parts.get(name) ?? []) {
      found.add(part.name)
      waiting.push(part.name)
    }
  }
  return [...found]
}

function isMeant(dav: DavContext, { owner }: AccessControl, principal: string): boolean {
  if (principal === d('authenticated')) return true
  return (principal === d('owner') ? owner : principal) === principalOf(dav)
}

/**
 * Whether whoever asks has a privilege. What somebody else owns is not there for those who have not.
 * @throws DavError 403, 404
 */
export function requirePrivilege(dav: DavContext, resource: Resource, privilege: string): void {
  const { acl, path } = resource
  if (!acl || privilegesOfCaller(dav, resource).includes(privilege)) return
  if (acl.owner === principalOf(dav)) throw forbidden('Access denied')
  throw notFound(`${acl.kind ?? 'Node'} with name '${path.slice(path.lastIndexOf('/') + 1)}' could not be found`)
}

/** `supported-privilege-set` */
export const supportedPrivileges = (resource: Resource): XmlElement[] => [privilegeTree(privilegesOf(resource))]

const privilegeTree = ({ name, parts = [] }: Privilege): XmlElement =>
  element(d('supported-privilege'), [privilegeElement(name), ...parts.map(privilegeTree)])

const privilegeElement = (name: string) => element(d('privilege'), [element(name)])

/** `current-user-privilege-set` */
export const callerPrivileges = (dav: DavContext, resource: Resource): XmlElement[] =>
  privilegesOfCaller(dav, resource).map(privilegeElement)

/** `acl` */
export const aclElements = ({ server }: DavContext, { grants }: AccessControl): XmlElement[] =>
  grants.map(({ principal, privilege }) =>
    element(d('ace'), [
      element(d('principal'), [
        principal === d('authenticated')
          ? element(principal)
          : element(d('href'), `${server.base}${encodePrincipal(server.places?.outside(principal) ?? principal)}/`),
      ]),
      element(d('grant'), [privilegeElement(privilege)]),
      element(d('protected')),
    ]),
  )

const encodePrincipal = (principal: string) =>
  principal.replace(/^(principals\/[^/]*\/)(.*)$/, (_, kind, name: string) => kind + encodeSegments(name))
const encodeSegments = (name: string) => name.split('/').map(encodeURIComponent).join('/')
