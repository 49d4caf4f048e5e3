import type { PlainWay } from './ways.ts'

export interface DavAsk {
  /** `user:password` */
  readonly as?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
}

/** An answer of a WebDAV server, read to its end. */
export interface DavAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Ask one of the WebDAV servers, or anything else that is no OCS. */
export async function ask(way: PlainWay, method: string, path: string, asked: DavAsk = {}): Promise<DavAnswer> {
  const headers: Record<string, string> = { ...asked.headers }
  if (asked.as) headers.Authorization = `Basic ${Buffer.from(asked.as).toString('base64')}`
  const init: RequestInit = { method, headers, redirect: 'manual' }
  if (asked.body !== undefined) init.body = asked.body as BodyInit
  const response = await way.fetch(path, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** The class and the words of an error. */
export function errorOf({ text }: DavAnswer): { exception: string; message: string } {
  const read = (tag: string) => new RegExp(`<s:${tag}>([^]*?)</s:${tag}>`).exec(text)?.[1] ?? ''
  return { exception: read('exception').replace(/^Sabre\\DAV\\Exception\\/, ''), message: read('message') }
}

/** The addresses that a multistatus tells about, in its order. */
export const hrefsOf = ({ text }: DavAnswer): string[] =>
  [...text.matchAll(/<d:href>([^<]*)<\/d:href>/g)].map((m) => m[1]!)

/** The text of the first element with a tag: `oc:fileid`. */
export const textOf = ({ text }: DavAnswer, tag: string): string | undefined =>
  new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`).exec(text)?.[1]
