/** What a certificate says of itself. */
export interface Certificate {
  readonly commonName: string | null
  readonly organization: string | null
  readonly issuer: string | null
  readonly issuerOrganization: string | null
  /** Seconds since 1970. */
  readonly validFrom: number
  readonly validTo: number
}

/** A value of DER: its tag and its bytes. */
interface Der {
  readonly tag: number
  readonly bytes: Uint8Array
}

const TAG = { utcTime: 0x17, context0: 0xa0 } as const
/** Object identifiers of parts of a name, as hexadecimal digits. */
const OID = { commonName: '550403', organization: '55040a' } as const

/** Read a certificate in PEM; `null` where the text is none. */
export function readCertificate(pem: string): Certificate | null {
  const body = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----([\s\S]*?)-----END/.exec(pem)?.[1]
  if (body === undefined) return null
  try {
    const bytes = Uint8Array.from(atob(body.replace(/\s/g, '')), (char) => char.charCodeAt(0))
    const [certificate] = valuesOf(bytes)
    const [content] = valuesOf(certificate!.bytes)
    const parts = valuesOf(content!.bytes)
    // The version stands in front of the rest, or is left out.
    const [, , issuer, validity, subject] = parts[0]!.tag === TAG.context0 ? parts.slice(1) : parts
    const [from, to] = valuesOf(validity!.bytes).map(momentOf)
    return {
      commonName: partOf(subject!, OID.commonName),
      organization: partOf(subject!, OID.organization),
      issuer: partOf(issuer!, OID.commonName),
      issuerOrganization: partOf(issuer!, OID.organization),
      validFrom: from!,
      validTo: to!,
    }
  } catch {
    return null
  }
}

/** The values that stand one behind another. */
function valuesOf(bytes: Uint8Array): Der[] {
  const found: Der[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at]!
    let length = bytes[at + 1]!
    let start = at + 2
    if (length > 0x80) {
      const size = length - 0x80
      length = bytes.subarray(start, start + size).reduce((sum, byte) => sum * 256 + byte, 0)
      start += size
    }
    if (start + length > bytes.length) throw new RangeError('A value is longer than what holds it.')
    found.push({ tag, bytes: bytes.subarray(start, start + length) })
    at = start + length
  }
  return found
}

function partOf(name: Der, oid: string): string | null {
  for (const set of valuesOf(name.bytes))
    for (const attribute of valuesOf(set.bytes)) {
      const [type, value] = valuesOf(attribute.bytes)
      const digits = Array.from(type!.bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      if (digits === oid) return new TextDecoder().decode(value!.bytes)
    }
  return null
}

/** `260101000000Z`, or with four digits of the year. */
function momentOf({ tag, bytes }: Der): number {
  const text = new TextDecoder().decode(bytes)
  const year = tag === TAG.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(year)!.map(Number)
  return Date.UTC(y!, mo! - 1, d, h, mi, s) / 1000
}
