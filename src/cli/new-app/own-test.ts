import type { NewApp } from './app-files.ts'

/** A test of an app of one's own, for Vitest. */
export const ownTest = ({ id, from }: NewApp) => `import { createOcsMock } from '${from}'
import { beforeEach, expect, it } from 'vitest'
import { app } from './app.ts'

const ocs = createOcsMock({ apps: [app], seed: { users: [{ id: 'alice', password: 'secret' }] }, signedInAs: 'alice' })

beforeEach(() => ocs.reset())

/** What the fake answers alice, or whoever is signed in. */
async function ask(method: string, path: string, body?: object): Promise<{ status: number; data: unknown }> {
  const response = await ocs.fetch(\`http://localhost/ocs/v2.php\${path}\`, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const answer = (await response.json()) as { ocs: { data: unknown } }
  return { status: response.status, data: answer.ocs.data }
}

it('keeps what an account adds, for that account', async () => {
  const added = { id: 1, title: 'The first' }

  expect(await ask('POST', '/apps/${id}/api/v1/items', { title: 'The first' })).toEqual({ status: 200, data: added })

  expect(await ask('GET', '/apps/${id}/api/v1/items')).toEqual({ status: 200, data: [added] })
  ocs.signIn('admin')
  expect(await ask('GET', '/apps/${id}/api/v1/items')).toEqual({ status: 200, data: [] })
})

it('takes nothing without a title', async () => {
  expect((await ask('POST', '/apps/${id}/api/v1/items', { title: ' ' })).status).toBe(400)
})

it('forgets what an account kept when the account is deleted', async () => {
  await ask('POST', '/apps/${id}/api/v1/items', { title: 'The first' })
  await ocs.occ('user:delete alice')
  await ocs.occ('user:add --password-from-env alice', { env: { OC_PASS: 'correct horse battery' } })

  ocs.signIn('alice')
  expect(await ask('GET', '/apps/${id}/api/v1/items')).toEqual({ status: 200, data: [] })
})

it('says in the capabilities that it is there', async () => {
  const { data } = await ask('GET', '/cloud/capabilities')

  expect(data).toMatchObject({ capabilities: { ${id}: { items: true } } })
})
`
