import { requirePrivilege } from '#dav/acl.ts'
import { TYPE_ERROR } from '#dav/address.ts'
import { childOf, childrenOf, type ReadElement, readXml } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, oc } from '#dav/xml.ts'
import { messageOf } from '#lib/errors.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, unexpected } from '#line/dav-exit.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { CollectionKind } from '#world/groupware/changes.ts'
import { isTeam, share, unshare } from '#world/groupware/shares.ts'
import { isApiEnabled } from '#world/sharing/settings.ts'
import type { World } from '#world/world.ts'

/** With whom something is to be shared from now on, and with whom no more. */
export interface ShareChange {
  readonly set: readonly { readonly principal: string; readonly access: 'read' | 'read-write' }[]
  readonly remove: readonly string[]
}

const MOST_ELEMENTS = 10

export const done = (status: number): Answer => ({
  status,
  headers: [
    ['X-Sabre-Status', 'everything-went-well'],
    ['Content-type', 'text/html; charset=UTF-8'],
  ],
  body: '',
})

/** The document in a POST to a collection; `undefined`: it is none. */
export function postedDocument({ call }: DavContext, body: Uint8Array): ReadElement | undefined {
  if (!/(?:application|text)\/xml/.test(call.header('content-type'))) return undefined
  const text = new TextDecoder().decode(body)
  try {
    return readXml(text)
  } catch (error) {
    const exception = text === '' ? 'Sabre\\Xml\\ParseException' : 'Sabre\\Xml\\LibXMLException'
    throw unexpected(exception, messageOf(error))
  }
}

/** @throws DavError 400 */
export function readShare(world: World, root: ReadElement, owner: string): ShareChange {
  const set = childrenOf(root, oc('set'))
  const remove = childrenOf(root, oc('remove'))
  const count = set.length + remove.length
  const name = oc('share')
  if (count === 0) throw badRequest(`${name} needs at least one set or remove element`)
  if (count > MOST_ELEMENTS) throw badRequest(`${name} is limited to ${MOST_ELEMENTS} set or remove elements`)
  const principalIn = (element: ReadElement) => principalFor(world, hrefIn(element), owner)
  return {
    set: set.flatMap((element) => {
      const principal = principalIn(element)
      const access = childOf(element, oc('read-write')) ? 'read-write' : 'read'
      return principal === null ? [] : [{ principal, access } as const]
    }),
    remove: remove.flatMap((element) => principalIn(element) ?? []),
  }
}

/** @throws DavError 500 where nobody is named */
function hrefIn(element: ReadElement): string {
  const href = childOf(element, d('href'))
  if (!href) throw unexpected('TypeError', TYPE_ERROR)
  return href.text
}

/**
 * Who is meant, if there is such an account, group or team, and it is not the owner. Mail addresses and plain paths mean
 * nobody (Nextcloud 34.0.1, asked), and nobody is meant where nothing is shared at all.
 */
function principalFor(world: World, href: string, owner: string): string | null {
  const [, kind, name] = /^principal:principals\/(users|groups|circles)\/([^/]+)$/.exec(href) ?? []
  if (name === undefined || !isApiEnabled(world)) return null
  const id = decodeURIComponent(name)
  if (kind === 'circles') return isTeam(world, id) ? `principals/circles/${name}` : null
  if (kind === 'groups') return groups.find(world, id) ? `principals/groups/${name}` : null
  const user = users.find(world, id)
  return user && user.id !== owner ? `principals/users/${user.id}` : null
}

/** What nobody may share: a request to share it is read all the same. @throws DavError 400, 404 */
export function refuseShare(dav: DavContext, resource: Resource, body: Uint8Array): undefined {
  const root = postedDocument(dav, body)
  if (root?.name !== oc('share')) return
  readShare(dav.world, root, '')
  requirePrivilege(dav, resource, d('write'))
}

/** People hear of what is taken from them first; who is named in both ways has it no more. */
export function applyShare(world: World, kind: CollectionKind, id: number, { set, remove }: ShareChange): void {
  for (const principal of remove) unshare(world, kind, id, principal)
  const kept = set.filter(({ principal }) => !remove.includes(principal))
  for (const { principal, access } of kept) share(world, kind, id, principal, access)
}
