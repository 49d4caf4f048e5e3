import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import type { OcsMock } from '#mock.ts'
import type { Verification } from '#verify/verification.ts'
import { verify } from '#verify/verify.ts'
import { shipped } from '../support/catalogue.ts'

/** A server on which people work: nobody can ask for what they made before a list names it. */
async function serverInUse(): Promise<OcsMock> {
  const ocs = createOcsMock({
    seed: {
      users: ['alice'],
      files: { admin: { 'Plan.txt': 'a plan', 'Draft.txt': 'a draft' } },
      shares: [
        { owner: 'admin', type: 'user', path: '/Draft.txt', with: 'alice' },
        { owner: 'admin', type: 'user', path: '/Plan.txt', with: 'alice' },
      ],
    },
    onNotBuilt: () => {},
  })
  const ask = async (user: string, method: string, path: string, form = {}) => {
    const headers = { Authorization: `Basic ${btoa(`${user}:${user}`)}`, 'OCS-APIRequest': 'true' }
    const answer = await ocs.fetch(`https://cloud.example.com/ocs/v2.php/apps/${path}`, {
      method,
      headers,
      body: new URLSearchParams(form),
    })
    expect(answer.status, path).toBe(200)
  }
  await ask('admin', 'DELETE', 'files_sharing/api/v1/shares/1')
  await ask('alice', 'PUT', 'user_status/api/v1/user_status/status', { statusType: 'dnd' })
  return ocs
}

interface Seen {
  readonly verification: Verification
  readonly paths: readonly string[]
}

async function verified(
  only: RegExp,
  spoil: (path: string, body: string) => string = (_, body) => body,
): Promise<Seen> {
  const ocs = await serverInUse()
  const paths: string[] = []
  const verification = await verify({
    url: 'https://cloud.example.com',
    catalogue: shipped.catalogue,
    logins: [{ user: 'admin', password: 'admin' }],
    only,
    fetch: async (input, init) => {
      const response = await ocs.fetch(input, init)
      const { pathname } = new URL(new Request(input, init).url)
      paths.push(pathname)
      const { status, headers } = response
      if (status === 204 || status === 304) return response
      return new Response(spoil(pathname, await response.text()), { status, headers })
    },
  })
  return { verification, paths }
}

const SHARE = /^\/ocs\/v\d\.php\/apps\/files_sharing\/api\/v1\/shares\/\d+$/

describe('what a list of the server names', () => {
  it('is asked for by its id, and judged', async () => {
    const { verification } = await verified(/^files_sharing$/, (path, body) =>
      SHARE.test(path) ? body.replace('"permissions":', '"permission":') : body,
    )
    expect(verification.findings).toContainEqual(
      expect.objectContaining({
        operation: 'files_sharing-shareapi-get-share',
        where: '/ocs/data/0/permissions',
        got: 'missing',
        severity: 'breaks',
      }),
    )
  })

  it('is nothing to tell where it is as it should be', async () => {
    const { verification, paths } = await verified(/^(files_sharing|user_status)$/)
    expect(verification.findings).toEqual([])
    expect(verification.operations).toContainEqual(
      expect.objectContaining({ operation: 'files_sharing-shareapi-get-share', verdict: 'conforms', sawData: true }),
    )
    expect(paths.filter((path) => path.endsWith('/user_status/api/v1/statuses/alice'))).not.toEqual([])
  })

  it('is asked for as the administrator, in both versions and formats', async () => {
    const { paths } = await verified(/^files_sharing$/)
    const own = paths.filter((path) => SHARE.test(path) && !path.endsWith('/987654321') && !path.endsWith('/1'))
    expect(own.filter((path) => path.includes('/v1.php/')).length).toBe(2)
    expect(own.filter((path) => path.includes('/v2.php/')).length).toBe(2)
  })
})
