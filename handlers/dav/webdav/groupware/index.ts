/** Calendars and contacts: everything that needs to read them, loaded when somebody asks for one. */

import { allowedMethods } from '#dav/methods.ts'
import { createCollection, propertiesIn } from '#dav/mkcol.ts'
import { readXml } from '#dav/read-xml.ts'
import { type DavContext, findOrNone, lastName, parentPath } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, methodNotAllowed } from '#line/dav-exit.ts'
import { cal } from './names.ts'

export { findAddressBook } from './address-books.ts'
export { findCalendar, findPublicCalendar } from './calendars.ts'

/** MKCALENDAR: a calendar, with properties in its body. */
export async function makeCalendar(dav: DavContext, path: string): Promise<Answer> {
  const body = new TextDecoder().decode(await dav.call.body())
  const root = body === '' ? null : readXml(body)
  if (root && root.name !== cal('mkcalendar')) {
    throw badRequest(`Expected ${cal('mkcalendar')} but received ${root.name} as the root element`)
  }
  if (findOrNone(dav, path)) {
    throw methodNotAllowed('The resource you tried to create already exists', allowedMethods(dav, path))
  }
  dav.server.find(dav, parentPath(path))
  const { types, properties } = root ? propertiesIn(root) : { types: null, properties: new Map() }
  return createCollection(dav, path, {
    name: lastName(path),
    types: types ?? [d('collection'), cal('calendar')],
    properties,
  })
}
