/**
 * What bundled packages ask of Node's `url`, for runtimes that have none: see `scripts/build.ts`.
 * The URL class of the platform knows the same algorithms.
 */

/** Punycode of a host name; empty where it is none. */
export function domainToASCII(domain: string): string {
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : ''
}

/** Only for display, so the name may stay as it is. */
export function domainToUnicode(domain: string): string {
  return domain
}
