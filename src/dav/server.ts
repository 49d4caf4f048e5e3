import type { Answer } from '#line/call.ts'
import { DavError, errorAnswer, notImplemented } from '#line/dav-exit.ts'
import { checkAccess, checkMembers, checkTransfer } from './access.ts'
import { checkConditions, readConditions } from './if-header.ts'
import * as methods from './methods.ts'
import { mkcol } from './mkcol.ts'
import { checkPreconditions } from './preconditions.ts'
import { propfind } from './propfind.ts'
import { proppatch } from './proppatch.ts'
import type { DavAnswer, DavContext } from './resource.ts'

type Method = (dav: DavContext, path: string) => DavAnswer | Promise<DavAnswer>

const METHODS: Readonly<Record<string, Method>> = {
  OPTIONS: methods.options,
  GET: methods.get,
  HEAD: methods.get,
  PUT: methods.put,
  DELETE: methods.remove,
  MKCOL: mkcol,
  MOVE: methods.move,
  COPY: methods.copy,
  POST: methods.post,
  PATCH: methods.patch,
  REPORT: methods.report,
  PROPFIND: propfind,
  PROPPATCH: proppatch,
}

const own = (methods: Readonly<Record<string, Method>>, name: string): Method | undefined =>
  Object.hasOwn(methods, name) ? methods[name] : undefined

/** The policy that all answers of the WebDAV servers carry. */
const POLICY = ['Content-Security-Policy', "default-src 'none';"] as const

/** Where what succeeds says which request it was (Nextcloud 34.0.1, asked). */
const NAMED_IN = ['X-Request-Id', 'X-Debug-Token']

/** Answer one request of somebody who may ask. `path` is below the server's base, decoded. */
export async function serveDav(dav: DavContext, path: string): Promise<DavAnswer> {
  checkAccess(dav, path)
  const unchanged = checkPreconditions(dav, path)
  if (unchanged) return unchanged
  checkMembers(dav, path)
  const conditions = readConditions(dav, path)
  dav.server.checkLocks?.(dav, path)
  checkConditions(dav, conditions)
  checkTransfer(dav, path)
  const method = own(dav.server.methods ?? {}, dav.call.method) ?? own(METHODS, dav.call.method)
  if (method) return { namedIn: NAMED_IN, ...(await method(dav, path)) }
  throw notImplemented(`There was no plugin in the system that was willing to handle this ${dav.call.method} method.`)
}

/** Errors become their documents, and every answer says who asked. */
export async function guarded(dav: Pick<DavContext, 'userId'>, work: () => Promise<DavAnswer>): Promise<Answer> {
  let answer: DavAnswer
  let isEarly = false
  try {
    answer = await work()
  } catch (error) {
    if (!(error instanceof DavError)) throw error
    answer = errorAnswer(error)
    // Who asked is known only after they were let in.
    isEarly = error.early || error.status === 401
  }
  const user = dav.userId === '' || isEarly || answer.unsigned ? [] : [['X-User-Id', dav.userId] as const]
  return { ...answer, headers: [POLICY, ...user, ...answer.headers] }
}
