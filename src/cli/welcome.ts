import type { OcsMockServer } from '#server.ts'
import { VERSION } from '#version.ts'
import { usersTable } from '#world/accounts/users.ts'

const MAX_SHOWN_ACCOUNTS = 5

/** What is said where others can reach the server. */
export const exposed = (
  { url }: OcsMockServer,
  hasToken: boolean,
) => `WARNING: ${url} is not a loopback address. Everyone who can reach it can
         read and change ${hasToken ? 'what this fake server shows' : 'all that this fake server holds; its control API asks for no password (--admin-token)'}.
`

/** What is printed first: where it is, who can log in, and what to try. */
export function welcome({ url, mock }: OcsMockServer): string {
  const users = mock.world.table(usersTable)
  const shown: string[] = []
  let first: string | undefined
  for (const { id, password } of users.values()) {
    first ??= `${id}:${password}`
    if (shown.push(`${id} / ${password}`) === MAX_SHOWN_ACCOUNTS) break
  }
  if (users.size > shown.length) shown.push(`and ${users.size - shown.length} more`)
  const { productName, versionString } = mock.profile
  return `ocs-mock ${VERSION} is a fake ${productName} ${versionString} on ${url}

  dashboard    ${url}/__admin/
  accounts     ${shown.join(', ')}
  try          curl ${url.startsWith('https:') ? '-k ' : ''}-u ${quoteForShell(first ?? 'admin:admin')} -H 'OCS-APIRequest: true' '${url}/ocs/v2.php/cloud/capabilities?format=json'
  control API  ${url}/__admin/health

`
}

const quoteForShell = (text: string) => (/^[\w:.@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
