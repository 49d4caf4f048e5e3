import { describe, expect } from 'vitest'
import { toldRequests } from '#adapters/fake-per-test.ts'
import { ocsTest, test as plainTest } from '../../src/vitest.ts'

const ORIGIN = 'https://cloud.example.com'
const headers = { 'OCS-APIRequest': 'true', Accept: 'application/json' }
const test = ocsTest({ seed: { users: [{ id: 'alice', displayName: 'Alice' }] }, signedInAs: 'alice' })

const ask = (path: string, init: RequestInit = {}) => fetch(`${ORIGIN}/ocs/v2.php${path}`, { headers, ...init })
const idOf = async (response: Response) => ((await response.json()) as { ocs: { data: { id: string } } }).ocs.data.id
const setStatus = (statusType: string) =>
  ask('/apps/user_status/api/v1/user_status/status', {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ statusType }),
  })

plainTest('a test without options has a fake in which nobody is signed in', async ({ ocs }) => {
  expect((await ask('/cloud/user')).status).toBe(401)
  expect(ocs).toHaveAnswered('provisioning_api-users-get-current-user', 401)
})

describe('a test of Vitest', () => {
  test('has a fake that answers what it fetches', async ({ ocs }) => {
    expect(await idOf(await ask('/cloud/user'))).toBe('alice')
    ocs.signIn('admin')
    expect(await idOf(await ask('/cloud/user'))).toBe('admin')
  })

  test('is answered though it does not ask for the fake', async () => {
    expect(await idOf(await ask('/cloud/user'))).toBe('alice')
  })

  test('finds nothing of the test before it', async ({ ocs }) => {
    expect(ocs.journal.entries).toEqual([])
    expect(await idOf(await ask('/cloud/user'))).toBe('alice')
  })

  test('is told of a request that nobody answers', async () => {
    await expect(fetch('https://elsewhere.example.com/')).rejects.toThrow()
  })

  test('judges what was asked and answered', async ({ ocs }) => {
    await setStatus('away')
    await setStatus('asleep')
    expect(ocs).toHaveReceived('user_status-set-status')
    expect(ocs).toHaveReceived({ operation: 'user_status-set-status', times: 2 })
    expect(ocs).toHaveReceived({ method: 'PUT', body: { statusType: 'away' } })
    expect(ocs).toHaveAnswered('user_status-set-status', 400)
    expect(ocs).not.toHaveReceived({ method: 'DELETE' })
    expect(ocs).not.toHaveAnswered('user_status-set-status', 500)
    expect(() => expect(ocs).toHaveReceived({ method: 'DELETE' })).toThrow('Expected DELETE at least once')
    expect(() => expect(ocs).not.toHaveReceived({ method: 'PUT' })).toThrow('Expected no such request, and it came')
    expect(() => expect(ocs).toHaveReceived('user_status-set-statis')).toThrow('set-status')
    expect(() => expect({}).toHaveReceived({})).toThrow('judges what createOcsMock() made')
  })

  test('says, when it fails, what it asked and why it was refused', async ({ ocs }) => {
    await ask('/cloud/users/nobody')
    expect(toldRequests(ocs.journal.entries)).toMatch(
      /^ocs-mock: what the test asked:\n {2}#1 GET \/ocs\/v2\.php\/cloud\/users\/nobody by alice → 404 \(.+\)$/,
    )
    expect(toldRequests([])).toBe('ocs-mock: the test asked nothing.')
  })

  describe('with other options', () => {
    test.override({ ocsOptions: { profile: 'nextcloud-32', seed: { users: [{ id: 'bob' }] }, signedInAs: 'bob' } })

    test('has them for itself', async ({ ocs }) => {
      expect(await idOf(await ask('/cloud/user'))).toBe('bob')
      expect(ocs.profile.id).toBe('nextcloud-32')
    })
  })
})
