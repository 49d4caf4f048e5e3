import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** A certificate and its key, in PEM. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

const DAY = 86_400_000
/** As long as all clients believe in one; some take none that lives longer than 398 days. */
const VALID_FOR = 365 * DAY

const OID = {
  ecdsaWithSha256: '06082a8648ce3d040302',
  commonName: '0603550403',
  basicConstraints: '0603551d13',
  subjectAltName: '0603551d11',
} as const

const hex = (text: string) => Buffer.from(text, 'hex')

/** A value of DER: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts)
const time = (moment: number) =>
  der(0x18, Buffer.from(`${new Date(moment).toISOString().replace(/\D/g, '').slice(0, 14)}Z`))

/** An address as it stands in a certificate: four bytes, sixteen, or a name. */
function alternative(host: string): Buffer {
  if (host === '::1') return der(0x87, Buffer.from([...new Array(15).fill(0), 1]))
  if (/^\d+(?:\.\d+){3}$/.test(host)) return der(0x87, Buffer.from(host.split('.').map(Number)))
  return der(0x82, Buffer.from(host))
}

/** A certificate that signs itself, for these hosts; made anew each time. */
export function selfSigned(hosts: readonly string[], now = Date.now()): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(hex(OID.ecdsaWithSha256))
  const name = sequence(der(0x31, sequence(hex(OID.commonName), der(0x0c, Buffer.from('ocs-mock')))))
  const isAuthority = sequence(
    hex(OID.basicConstraints),
    der(0x01, hex('ff')),
    der(0x04, sequence(der(0x01, hex('ff')))),
  )
  const names = sequence(hex(OID.subjectAltName), der(0x04, sequence(...hosts.map(alternative))))
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(8)])
  const content = sequence(
    der(0xa0, der(0x02, hex('02'))),
    der(0x02, serial),
    algorithm,
    name,
    sequence(time(now - DAY), time(now + VALID_FOR)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(isAuthority, names)),
  )
  const signature = createSign('SHA256').update(content).sign(privateKey)
  const whole = sequence(content, algorithm, der(0x03, Buffer.from([0]), signature))
  const lines = whole
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
