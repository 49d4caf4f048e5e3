import { sha256 } from '#lib/sha256.ts'
import type { Answer } from '#line/call.ts'
import { toBase64 } from '#world/accounts/identity-keys.ts'

/** What the scripts of a page have to carry, so that browsers run them: another one with every request token. */
export const nonceOf = (requestToken: string): string =>
  toBase64(Uint8Array.from(sha256(requestToken).match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)))

/** What browsers may do with a page, where every other answer of a controller allows nothing (Nextcloud 34.0.1, asked). */
export function pagePolicies(nonce: string): Answer['headers'] {
  const scripts = `'nonce-${nonce}'`
  const policy = [
    ...["default-src 'none'", "base-uri 'none'", "manifest-src 'self'", `script-src ${scripts}`],
    ...[`script-src-elem 'strict-dynamic' ${scripts}`, "style-src 'self' 'unsafe-inline'"],
    ...["img-src 'self' data: blob: https://*.tile.openstreetmap.org", "font-src 'self' data:", "connect-src 'self'"],
    ...["media-src 'self'", "frame-src 'self'", "frame-ancestors 'self'", "worker-src 'self'", "form-action 'self'"],
  ]
  return [
    ['Content-Security-Policy', policy.join(';')],
    ['Feature-Policy', FEATURES],
  ]
}

const FEATURES = "autoplay 'self';camera 'none';fullscreen 'self';geolocation 'none';microphone 'none';payment 'none'"
