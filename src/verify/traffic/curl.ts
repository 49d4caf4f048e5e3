import type { Role } from '../exchange.ts'
import { type Observed, requestHeader } from './observed.ts'
import { textOfBytes } from './text.ts'

const SHOWN_BODY = 1000

/** A line for a shell that asks the same. Credentials are variables; other secrets are the redactor's business. */
export function curlOfObserved(observed: Observed, as: Role, base: string): string {
  const { method, path, query, body } = observed
  const words = ['curl', '-i']
  if (method !== 'GET') words.push('-X', method)
  if (as !== 'anonymous') words.push('-u', as === 'admin' ? '"$OCS_ADMIN"' : '"$OCS_USER"')
  if (as !== 'anonymous' || requestHeader(observed, 'ocs-apirequest') !== '') words.push('-H', "'OCS-APIRequest: true'")
  const accept = requestHeader(observed, 'accept')
  if (accept !== '' && accept !== '*/*') words.push('-H', quote(`Accept: ${accept}`))
  const type = requestHeader(observed, 'content-type')
  if (body.length > 0) {
    const text = textOfBytes(body)
    words.push('-H', quote(`Content-Type: ${type}`))
    words.push('--data-binary', text === null || text.length > SHOWN_BODY ? '@request-body' : quote(text))
  }
  words.push(quote(base + path + (query === '' ? '' : `?${query}`)))
  return words.join(' ')
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
