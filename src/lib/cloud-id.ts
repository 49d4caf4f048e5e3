/** An account on another server: `alice@cloud.example.com`, `alice@https://cloud.example.com/nextcloud`. */
export interface CloudId {
  /** The whole id, without what a copied link has after it. */
  readonly id: string
  readonly user: string
  /** With its scheme; `https` unless another was given. */
  readonly remote: string
}

/** Why a text is no federated id, in the words of the real server. */
export type CloudIdProblem =
  | 'Invalid cloud id'
  | 'Invalid characters'
  | 'Empty user'
  | 'User contains whitespace at the beginning or at the end'
  | 'User must not consist of dots only'
  | 'Cloud id is too long'

/** A federated id read from what people write, or `null` where it is none. */
export function parseCloudId(text: string): CloudId | null {
  const read = readCloudId(text)
  return typeof read === 'string' ? null : read
}

/** A federated id read from what people write, or why it is none. */
export function readCloudId(text: string): CloudId | CloudIdProblem {
  if (!text.includes('@')) return 'Invalid cloud id'
  const id = stripLink(text)
  const end = id.search(/[/:]/)
  const at = id.lastIndexOf('@', end < 0 ? id.length : end)
  if (at < 0) return 'Invalid cloud id'
  const user = id.slice(0, at)
  const host = id.slice(at + 1)
  if (/[^a-zA-Z0-9 _.@\-'=]/.test(user)) return 'Invalid characters'
  if (user.trim() === '') return 'Empty user'
  if (user.trim() !== user) return 'User contains whitespace at the beginning or at the end'
  if (user === '.' || user === '..') return 'User must not consist of dots only'
  if (new TextEncoder().encode(id).length > 255) return 'Cloud id is too long'
  if (user === '0' || host === '' || host === '0') return 'Invalid cloud id'
  return { id, user, remote: host.includes('://') ? host : `https://${host}` }
}

/** Links to a share say where its server is. */
function stripLink(text: string): string {
  const straight = text.replaceAll('\\', '/')
  const script = straight.indexOf('/index.php')
  return (script > 0 ? straight.slice(0, script) : straight).replace(/\/+$/, '')
}

/** The address of a server as people read it: `https` goes without saying. */
export const withoutHttps = (url: string): string => url.replace(/^https:\/\//, '')
