/** The host of an absolute address, brackets of IPv6 included; `null` where it is none that PHP's filter accepts. */
export function hostOfUrl(url: string): string | null {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+/i.test(url) || /[^\x21-\x7e]/.test(url)) return null
  return URL.canParse(url) ? new URL(url).hostname || null : null
}
