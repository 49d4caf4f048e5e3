import type { Answer } from '#line/call.ts'
import type { Difference } from './compare-values.ts'
import { headerOf } from './decode-answer.ts'

/** Headers that clients read. Of some the value is the server's own, so that only their being there is compared. */
const READ: Readonly<Record<string, 'value' | 'presence'>> = {
  'cache-control': 'value',
  'content-disposition': 'value',
  etag: 'presence',
  'last-modified': 'presence',
  link: 'presence',
  location: 'presence',
  'retry-after': 'presence',
  'www-authenticate': 'value',
  'x-activity-first-known': 'presence',
  'x-activity-last-given': 'presence',
  'x-nc-auth-notconfirmed': 'value',
  'x-nextcloud-user-status': 'presence',
  'x-user-id': 'value',
}

/** Whether a header says something to clients. */
export const isReadByClients = (name: string): boolean => READ[name.toLowerCase()] !== undefined

/** The directives of Cache-Control have no order: PHP itself writes them in another one than the product does. */
const isSame = (name: string, expected: string, got: string): boolean =>
  name.toLowerCase() === 'cache-control' ? directives(expected) === directives(got) : expected === got

const directives = (value: string): string =>
  value
    .toLowerCase()
    .split(/\s*,\s*/)
    .toSorted()
    .join()

/** Headers that clients read and that should have come. What else a server or a proxy before it adds is its own affair. */
export function compareHeaders(expected: Answer, got: Answer): Difference[] {
  const found: Difference[] = []
  for (const [name, value] of expected.headers) {
    const compared = READ[name.toLowerCase()]
    if (compared === undefined) continue
    const is = headerOf(got, name.toLowerCase())
    if (is === '' ? value === '' : compared === 'presence' || isSame(name, value, is)) continue
    found.push({
      where: `header ${name}`,
      expected: compared === 'value' ? value : 'present',
      got: is === '' ? 'missing' : is,
      severity: 'differs',
      rule: 'header',
    })
  }
  return found
}
