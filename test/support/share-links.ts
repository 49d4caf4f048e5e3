import { ask } from './dav.ts'
import type { PlainWay } from './ways.ts'

/** A share as its maker is told about it, as far as tests of links need it. */
export interface MadeShare {
  readonly id: string
  readonly token: string
  readonly url: string
}

/** Make a share, a link unless the wish says otherwise. */
export async function makeShare(way: PlainWay, as: string, wish: Record<string, string>): Promise<MadeShare> {
  const answer = await ask(way, 'POST', '/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json', {
    as,
    body: new URLSearchParams({ shareType: '3', ...wish }).toString(),
    headers: { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  if (answer.status !== 200) throw new Error(`No share was made: ${answer.text}`)
  return JSON.parse(answer.text).ocs.data
}

/** Change a share. */
export async function changeShare(
  way: PlainWay,
  as: string,
  id: string,
  change: Record<string, string>,
): Promise<void> {
  const answer = await ask(way, 'PUT', `/ocs/v2.php/apps/files_sharing/api/v1/shares/${id}?format=json`, {
    as,
    body: new URLSearchParams(change).toString(),
    headers: { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  if (answer.status !== 200) throw new Error(`The share was not changed: ${answer.text}`)
}
