import type { Role } from '../exchange.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { type ObservedExchange, requestHeader } from './observed-exchange.ts'

const SHOWN_BODY = 1000

/** A shell command that sends the same request. Credentials are variables; other secrets are the redactor's business. */
export function curlOfObserved(observed: ObservedExchange, as: Role, base: string): string {
  const { method, path, query, body } = observed
  const args = ['curl', '-i']
  if (method !== 'GET') args.push('-X', method)
  if (as !== 'anonymous') args.push('-u', as === 'admin' ? '"$OCS_ADMIN"' : '"$OCS_USER"')
  if (as !== 'anonymous' || requestHeader(observed, 'ocs-apirequest') !== '') args.push('-H', "'OCS-APIRequest: true'")
  const accept = requestHeader(observed, 'accept')
  if (accept !== '' && accept !== '*/*') args.push('-H', quote(`Accept: ${accept}`))
  const type = requestHeader(observed, 'content-type')
  if (body.length > 0) {
    const text = decodeUtf8(body)
    args.push('-H', quote(`Content-Type: ${type}`))
    args.push('--data-binary', text === null || text.length > SHOWN_BODY ? '@request-body' : quote(text))
  }
  args.push(quote(base + path + (query === '' ? '' : `?${query}`)))
  return args.join(' ')
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
