import { type AddedApp, withApps } from '#app/with-apps.ts'
import { loadNearest } from '#profiles/nearest.ts'
import { openProfile } from '#profiles/profile.ts'
import { decodeEnvelope, plain, textOf } from '../decode-answer.ts'
import type { Target } from '../target.ts'
import { type ObservedExchange, readOcsRequest } from './observed-exchange.ts'

/**
 * What an archive says about the server itself. Nobody is asked.
 * @param added apps that no product has, and that may be there
 */
export async function targetOfTraffic(
  base: string,
  observed: readonly ObservedExchange[],
  added: readonly AddedApp[] = [],
): Promise<Target> {
  const found = productOf(observed)
  const profile = openProfile(withApps(await loadNearest(found?.product ?? 'Nextcloud', found?.version ?? ''), added))
  const product = found?.product ?? profile.productName
  const version = found?.version ?? profile.versionString
  const notes: string[] = []
  if (!found)
    notes.push(`No answer says which version this is; it is judged by the definitions of ${product} ${version}.`)
  else if (version !== profile.versionString)
    notes.push(
      `This is ${product} ${version}; it is judged by the definitions of ${profile.productName} ${profile.versionString}.`,
    )
  const missing = missingApps(observed)
  const apps = profile.apps.map(({ id }) => id).filter((id) => !missing.has(id))
  const status = found?.status === undefined ? {} : { status: found.status }
  return { base, product, version, ...status, profile, apps, accounts: [], notes }
}

function productOf(observed: readonly ObservedExchange[]): Pick<Target, 'product' | 'version' | 'status'> | null {
  for (const { path, answer } of observed) {
    if (path === '/status.php') {
      const status = parse(textOf(answer))
      const { productname, versionstring } = status
      if (typeof versionstring === 'string')
        return { product: String(productname ?? 'Nextcloud'), version: versionstring, status }
    } else if (/\/cloud\/capabilities$/.test(path)) {
      const decoded = decodeEnvelope(answer)
      const data =
        typeof decoded === 'string' ? null : (plain(decoded.data) as { version?: { string?: unknown } } | null)
      if (typeof data?.version?.string === 'string') return { product: 'Nextcloud', version: data.version.string }
    }
  }
  return null
}

function parse(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null) ?? {}
  } catch {
    return {}
  }
}

/** Apps whose every route the server did not know. */
function missingApps(observed: readonly ObservedExchange[]): Set<string> {
  const missing = new Set<string>()
  const there = new Set<string>()
  for (const one of observed) {
    const app = /^\/apps\/([^/]+)/.exec(readOcsRequest(one)?.path ?? '')?.[1]
    if (app === undefined) continue
    const decoded = decodeEnvelope(one.answer)
    const unknown = typeof decoded !== 'string' && decoded.status === 998
    ;(unknown ? missing : there).add(app)
  }
  for (const app of there) missing.delete(app)
  return missing
}
