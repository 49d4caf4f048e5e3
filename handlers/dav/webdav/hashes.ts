import { digest } from '#lib/digest.ts'
import { md5 } from '#lib/md5.ts'

/** The hash of bytes in hexadecimal, by the name of its algorithm in lower case; `null`: nobody knows it. */
export async function hashOf(algorithm: string, body: Uint8Array): Promise<string | null> {
  switch (algorithm) {
    case 'md5':
      return md5(body)
    case 'sha1':
      return digest('SHA-1', body)
    case 'sha256':
      return digest('SHA-256', body)
    case 'sha512':
      return digest('SHA-512', body)
    case 'adler32':
      return adler32(body)
    default:
      return null
  }
}

const ADLER_PRIME = 65521

function adler32(body: Uint8Array): string {
  let low = 1
  let high = 0
  for (const byte of body) {
    low = (low + byte) % ADLER_PRIME
    high = (high + low) % ADLER_PRIME
  }
  return (high * 65536 + low).toString(16).padStart(8, '0')
}
