import { DavError } from '#line/dav-exit.ts'
import { requirePrivilege } from './acl.ts'
import { destinationOf } from './methods.ts'
import { type DavContext, findOrNone, parentPath } from './resource.ts'
import { d } from './xml.ts'

/** What has to be allowed at the resource itself before anything else is looked at. */
const AT_RESOURCE: Readonly<Record<string, string>> = {
  GET: 'read',
  HEAD: 'read',
  OPTIONS: 'read',
  PUT: 'write-content',
  PROPPATCH: 'write-properties',
  COPY: 'read',
  MOVE: 'read',
}

/** What has to be allowed above it. */
const ABOVE: Readonly<Record<string, string>> = { REPORT: 'read', MKCALENDAR: 'write', MKCOL: 'write' }

/** Where resources say who may do what, and nothing is in the way of a request for them. */
const isFree = (path: string) =>
  !/^(?:calendars|addressbooks|public-calendars|system-calendars|principals)(?:\/|$)/.test(path)

/** Where what is above has to be there before anything else is looked at (Nextcloud 34.0.1, asked). */
const isHomes = (path: string) => /^(?:calendars|addressbooks)\//.test(path)

/**
 * Whether whoever asks may do this with what is there.
 * @throws DavError 403, 404
 */
export function checkAccess(dav: DavContext, path: string): void {
  if (!dav.server.full || isFree(path)) return
  try {
    requireForMethod(dav, path)
  } catch (error) {
    throw error instanceof DavError ? beforeLogin(error) : error
  }
}

/** The server looks at this before it says who asks. */
const beforeLogin = ({ status, exception, message, details, headers, namespaces }: DavError): DavError =>
  new DavError(status, exception, message, { details, headers, namespaces, early: true })

function requireForMethod(dav: DavContext, path: string): void {
  const { method } = dav.call
  const own = AT_RESOURCE[method]
  const resource = own === undefined ? undefined : findOrNone(dav, path)
  if (resource) requirePrivilege(dav, resource, d(own!))
  const above = ABOVE[method]
  if (above === undefined || parentPath(path) === '') return
  const parent = isHomes(path) ? dav.server.find(dav, parentPath(path)) : findOrNone(dav, parentPath(path))
  if (parent) requirePrivilege(dav, parent, d(above))
}

/**
 * Whether whoever asks may make something in a collection, or delete something of it.
 * @throws DavError 403, 404
 */
export function checkMembers(dav: DavContext, path: string): void {
  if (!dav.server.full) return
  const { method } = dav.call
  if (!isFree(path)) {
    const isNew = method === 'PUT' && !findOrNone(dav, path)
    if (isNew || method === 'MKCOL' || method === 'MKCALENDAR') requireAt(dav, parentPath(path), 'bind')
    if (method === 'DELETE') requireAt(dav, parentPath(path), 'unbind')
  }
}

/**
 * Whether whoever asks may take something out of its collection and put it into another, once it is known that there is one.
 * @throws DavError 403, 404, 409, 412, 415
 */
export function checkTransfer(dav: DavContext, path: string): void {
  const { method } = dav.call
  if (!dav.server.full || (method !== 'MOVE' && method !== 'COPY')) return
  const { path: target } = destinationOf(dav, path)
  if (isFree(target) && isFree(path)) return
  requireAt(dav, parentPath(target), 'bind')
  if (method === 'MOVE') requireAt(dav, parentPath(path), 'unbind')
}

function requireAt(dav: DavContext, path: string, privilege: string): void {
  const resource = path === '' ? undefined : findOrNone(dav, path)
  if (resource) requirePrivilege(dav, resource, d(privilege))
}
