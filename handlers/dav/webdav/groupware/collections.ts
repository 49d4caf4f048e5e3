import { allowedMethods } from '#dav/methods.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import { withProtocol } from '#dav/protocol-properties.ts'
import type { ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { methodNotAllowed } from '#line/dav-exit.ts'
import * as properties from '../../state/file-properties.ts'
import { cal, cs } from './names.ts'

/** What a resource of calendars and contacts is made of; who asks for more gets what clients keep there. */
type Parts = Omit<Resource, 'property'> & { property(name: string): PropertyValue | undefined }

/** A resource that also says what the protocol can do with it, and what its viewer keeps in properties of their own. */
export function groupwareResource(dav: DavContext, parts: Parts): Resource {
  const { world, userId } = dav
  return withProtocol(dav, {
    ...parts,
    property: (name) => parts.property(name) ?? properties.find(world, userId, parts.path, newNameOf(name)),
    patch: (name, value) => parts.patch?.(name, value) ?? keep(dav, parts.path, newNameOf(name), value),
  })
}

/** When somebody can be reached has a name of before it was a standard. */
const newNameOf = (name: string): string => (name === cs(AVAILABILITY) ? cal(AVAILABILITY) : name)
const AVAILABILITY = 'calendar-availability'

/** Keep a property for whoever asks, on that resource. */
export function keep({ world, userId }: DavContext, path: string, name: string, value: ReadElement | null): number {
  properties.set(world, userId, path, name, value === null ? null : properties.keptValue(value))
  return value === null ? 204 : 200
}

/** A method that this collection has not. */
export const notHere = (dav: DavContext, path: string, message: string) =>
  methodNotAllowed(message, allowedMethods(dav, path))
