import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type KeyPair, selfSigned } from '#adapters/self-signed.ts'
import { messageOf, UserError } from '#lib/errors.ts'

export interface TlsOptions {
  readonly tls: boolean
  readonly 'tls-cert'?: string | undefined
  readonly 'tls-key'?: string | undefined
}

/**
 * What `--tls`, `--tls-cert` and `--tls-key` ask for. Files that are not there are made.
 * @throws UserError where one of the two files is missing, or cannot be read or written
 */
export function readTls(
  { tls, 'tls-cert': certFile, 'tls-key': keyFile }: TlsOptions,
  host: string,
): KeyPair | undefined {
  if (certFile === undefined && keyFile === undefined) return tls ? selfSigned(hostsOf(host)) : undefined
  if (certFile === undefined || keyFile === undefined)
    throw new UserError('Failed to read the certificate: give both --tls-cert FILE and --tls-key FILE.')
  const [isCert, isKey] = [existsSync(certFile), existsSync(keyFile)]
  if (isCert !== isKey)
    throw new UserError(
      `Failed to read the certificate: there is no ${isCert ? keyFile : certFile}. Remove the other, and both are made.`,
    )
  try {
    if (isCert) return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
    const made = selfSigned(hostsOf(host))
    writeFileSync(certFile, made.cert)
    writeFileSync(keyFile, made.key, { mode: 0o600 })
    return made
  } catch (error) {
    throw new UserError(`Failed to read the certificate: ${messageOf(error)}`)
  }
}

const hostsOf = (host: string) => [...new Set(['localhost', '127.0.0.1', '::1', host])]
