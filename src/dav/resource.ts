import type { Answer, Call } from '#line/call.ts'
import type { RequestInfo } from '#line/endpoint.ts'
import type { Actor } from '#line/identify.ts'
import type { Profile } from '#profiles/profile.ts'
import type { Content } from '#world/files/tree.ts'
import type { World } from '#world/world.ts'
import type { AccessControl } from './access-control.ts'
import type { ArchiveEntry } from './archive.ts'
import type { PropertyValue } from './multistatus.ts'
import type { ReadElement } from './read-xml.ts'
import type { Namespaces } from './xml.ts'

export type Headers = Answer['headers']

/** A file's bytes with all that a download says about them. */
export interface Download {
  readonly content: Content
  readonly size: number
  readonly type: string
  readonly headers?: Headers
}

/** A folder as one file. */
export interface Archive {
  /** Without an extension. */
  readonly name: string
  readonly entries: readonly ArchiveEntry[]
}

/** Where a MOVE or COPY goes. */
export interface Destination {
  readonly path: string
  readonly parent: Resource
  readonly name: string
  readonly existing: Resource | undefined
}

/** A collection that is to be made: of which types, and with which properties. */
export interface NewCollection {
  readonly name: string
  readonly types: readonly string[]
  /** Elements by name in Clark notation; the types are not among them. */
  readonly properties: ReadonlyMap<string, ReadElement>
}

/** Something that has an address in a WebDAV tree. What it cannot do, it does not have. */
export interface Resource {
  /** Below the server's base, decoded, without slashes at its ends. */
  readonly path: string
  readonly collection: boolean
  /** Its address ends in a slash, although it holds nothing: a principal. */
  readonly endsInSlash?: boolean
  /** With quotes. */
  readonly etag?: string | undefined
  /** Seconds since 1970. */
  readonly lastModified?: number | undefined
  /** A property by its name in Clark notation; `undefined`: it has none of that name. */
  property(name: string): PropertyValue | undefined
  /** Who may do what. Without it, nothing is asked of anybody. */
  readonly acl?: AccessControl
  /** Reports that it answers, in the order of `supported-report-set`. */
  readonly reports?: readonly string[]
  /** Methods that only it has, as `Allow` names them. */
  readonly methods?: readonly string[]
  /** Properties of its own that `allprop` lists. */
  readonly properties?: readonly string[]
  /** Throws where a collection does not say what it holds. */
  members?(): readonly Resource[]
  readonly download?: (() => Download) | undefined
  /**
   * A folder as one file; with names, only those things in it.
   * @throws DavError 404 for a name that is not there, 403 where something may not be downloaded
   */
  archive?(names: readonly string[]): Archive
  /** What a GET is answered with where its query asks for something else than the resource. */
  getInstead?(): Answer | undefined
  put?(body: Uint8Array): Headers | Promise<Headers>
  createFile?(name: string, body: Uint8Array): Headers | Promise<Headers>
  createFolder?(name: string): Headers
  /** Make a collection of some type; whoever has this is asked for plain folders too. */
  createCollection?(made: NewCollection): void
  remove?(): void | Promise<void>
  move?(target: Destination): Headers | Promise<Headers>
  copy?(target: Destination): Headers | Promise<Headers>
  /** Whether there is a property of a name that could be set at all; without it, `patch` says. */
  changes?(name: string): boolean
  /** The status of setting (or, with `null`, removing) one property. */
  patch?(name: string, value: ReadElement | null): number
  /** Change several properties at once: the statuses of those that it knows; the others go to `patch`. */
  patchAll?(changes: ReadonlyMap<string, ReadElement | null>): ReadonlyMap<string, number>
  report?(root: ReadElement): Answer | undefined | Promise<Answer | undefined>
  post?(body: Uint8Array): Answer | undefined | Promise<Answer | undefined>
  /** Hash what it holds and keep the hash; without it, PATCH is for nobody. */
  readonly recalculate?: ((algorithm: string) => Promise<Headers>) | undefined
}

/** An answer of a WebDAV server. `unsigned`: it is written past the server and does not say who asked. */
export type DavAnswer = Answer & { readonly unsigned?: true }

/** One request to a WebDAV server: who asks which of them, and for what. */
export interface DavContext {
  readonly world: World
  readonly profile: Profile
  readonly call: Call
  readonly request: RequestInfo
  readonly actor: Actor
  /** Who is logged in; empty for a public share. */
  readonly userId: string
  readonly server: DavServer
}

/** One WebDAV server of the product: they differ in what they hold and say. */
export interface DavServer {
  /** With slashes at both ends: `/remote.php/dav/`. */
  readonly base: string
  /** What it calls places otherwise than the newer server does, whose names are the paths of resources. */
  readonly places?: {
    /** From the path in an address to the path of a resource. */
    inside(path: string): string
    /** From the path of a resource to the path in an address. */
    outside(path: string): string
  }
  /** Collections of principals that others are told to look in, where they are not all four. */
  readonly searched?: readonly string[]
  /** What the `DAV` header says. */
  readonly features: string
  /** Reports in the order of `supported-report-set`. */
  readonly reports: readonly string[]
  /** Reports that are answered wherever they are sent to, of those that the resource there does not know. */
  report?(dav: DavContext, path: string, root: ReadElement): Answer | undefined
  readonly namespaces: Namespaces
  /** A server of the product: it locks, repeats etags in a header of its own, and speaks to browsers. */
  readonly extended: boolean
  /** The newer server: it has more than files. */
  readonly full: boolean
  /** A server of public shares: nobody is logged in. */
  readonly public?: boolean
  /**
   * The resource at a path.
   * @throws DavError 404
   */
  find(dav: DavContext, path: string): Resource
  /** Methods that make something where nothing is, as `Allow` names them. */
  moreMethods?(dav: DavContext, path: string): readonly string[]
  /** Methods of its own, and those that it answers in another way. */
  readonly methods?: Readonly<Record<string, (dav: DavContext, path: string) => Answer | Promise<Answer>>>
  /**
   * Whether a lock forbids a request, after all that its headers ask for.
   * @throws DavError 423
   */
  checkLocks?(dav: DavContext, path: string): void
  /** Tokens of locks that hold at a path. */
  lockTokens?(dav: DavContext, path: string): readonly string[]
  /** A POST that is not meant for a resource. */
  post?(dav: DavContext, path: string, body: Uint8Array): Answer | Promise<Answer> | undefined
}

/** The resource at a path, or `undefined`. Only "not found" counts as not there. */
export function findOrNone(dav: DavContext, path: string): Resource | undefined {
  try {
    return dav.server.find(dav, path)
  } catch (error) {
    if ((error as { status?: number }).status === 404) return undefined
    throw error
  }
}

/** The address of a resource as answers name it: percent-encoded, collections with a slash at the end. */
export function hrefOf(
  dav: DavContext,
  { path, collection, endsInSlash = collection }: Pick<Resource, 'path' | 'collection' | 'endsInSlash'>,
): string {
  return pathAt(dav, path) + (endsInSlash && path !== '' ? '/' : '')
}

/** The address of a path, percent-encoded and without a slash at its end. */
export const pathAt = ({ server }: Pick<DavContext, 'server'>, path: string): string =>
  server.base + encodePath(server.places?.outside(path) ?? path)

const UNESCAPED: Readonly<Record<string, string>> = { '%2F': '/', '%3A': ':', '%40': '@' }

/** Percent-encode a path as the real server does: in lower case; letters, digits, `-_.~():@` and slashes stay. */
export function encodePath(path: string): string {
  return encodeURIComponent(path)
    .replace(/%[0-9A-F]{2}/g, (code) => UNESCAPED[code] ?? code.toLowerCase())
    .replace(/[!'*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
}

export const parentPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))
export const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
