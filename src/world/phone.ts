/** The telephone code of a region (ISO 3166, two capital letters), or `null`. */
export function codeOfRegion(region: string): string | null {
  return CODES[region] ?? null
}

/** A number as `+49711252428`, or `null` where it cannot be one. */
export function toInternational(given: string, region: string): string | null {
  const digits = given.replace(/[^\d+]/g, '')
  const code = codeOfRegion(region)
  const full = digits.startsWith('+') ? digits : code && `+${code}${digits.replace(/^0/, '')}`
  return full && /^\+[1-9]\d{6,14}$/.test(full) ? full : null
}

const CODES: Readonly<Record<string, string>> = { DE: '49', US: '1', GB: '44', FR: '33', AT: '43', CH: '41' }
