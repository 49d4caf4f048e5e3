/** An account on another server: `alice@cloud.example.com`, `alice@https://cloud.example.com/nextcloud`. */
export interface CloudId {
  /** The whole id, without what a copied link has after it. */
  readonly id: string
  readonly user: string
  /** With its scheme; `https` unless another was given. */
  readonly remote: string
}

/** A federated id read from what people write, or `null` where it is none. */
export function parseCloudId(text: string): CloudId | null {
  if (!text.includes('@')) return null
  const id = stripLink(text)
  const end = id.search(/[/:]/)
  const at = id.lastIndexOf('@', end < 0 ? id.length : end)
  if (at < 0) return null
  const user = id.slice(0, at)
  const host = id.slice(at + 1)
  if (host === '' || host === '0' || !isRemoteUser(user) || id.length > 255) return null
  return { id, user, remote: host.includes('://') ? host : `https://${host}` }
}

function isRemoteUser(user: string): boolean {
  return /^[a-zA-Z0-9 _.@\-'=]+$/.test(user) && user.trim() === user && user !== '.' && user !== '..' && user !== '0'
}

/** Links to a share say where its server is. */
function stripLink(text: string): string {
  const straight = text.replaceAll('\\', '/')
  const script = straight.indexOf('/index.php')
  return (script > 0 ? straight.slice(0, script) : straight).replace(/\/+$/, '')
}

/** The address of a server as people read it: `https` goes without saying. */
export const withoutHttps = (url: string): string => url.replace(/^https:\/\//, '')
