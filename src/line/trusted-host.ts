import { type Answer, bare, type Call } from './call.ts'
import { because } from './why.ts'

/** A host as links in answers can name it, with or without a port. */
const HOST = /^(?:\[[\da-f:.]+\]|(?!-)(?!.*\.\.)[-.\w]*)(?::\d*)?$/i

/**
 * A `Host` header that names no host is trusted by no server: nothing is answered that would hold it.
 * Source: Nextcloud 34.0.1 that trusts all hosts, asked.
 */
export function checkHost(call: Call): Answer | null {
  const host = call.header('host')
  return HOST.test(host) ? null : because(refused(call), 'host', `the Host header names no host: ${host}`)
}

function refused(call: Call): Answer {
  if (call.path.endsWith('/status.php')) {
    const body = '{"error": "Trusted domain error.", "code": 15}'
    return { status: 400, headers: [['Content-Type', 'application/json']], body }
  }
  return { ...bare(400), body: PAGE }
}

const PAGE =
  '<!DOCTYPE html>\n<html><head><title>Nextcloud</title></head><body><h2>This host is not trusted</h2></body></html>\n'
