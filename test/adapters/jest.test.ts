import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useOcsMock } from '../../src/jest.ts'

const hooks = { beforeEach, afterEach, expect }
const HEADERS = { 'OCS-APIRequest': 'true', Accept: 'application/json' }
const ask = (path: string) => fetch(`https://cloud.example.com/ocs/v2.php${path}`, { headers: HEADERS })

describe('a runner with hooks', () => {
  const ocs = useOcsMock({ seed: { users: [{ id: 'alice' }] }, signedInAs: 'alice' }, hooks)

  it('has a fake for each test', async () => {
    expect((await ask('/cloud/user')).status).toBe(200)
    expect(ocs()).toHaveReceived('provisioning_api-users-get-current-user')
    expect(ocs().journal.count).toBe(1)
  })

  it('finds nothing of the test before', () => {
    expect(ocs().journal.count).toBe(0)
    expect(ocs()).not.toHaveReceived({ method: 'GET' })
  })
})

describe('a fake for each test', () => {
  it('is there only while a test runs', () => {
    const none = { beforeEach: () => {}, afterEach: () => {} }
    expect(useOcsMock({}, none)).toThrow('no test runs. Ask for it inside of a test')
  })

  it('says what to pass where a runner has no global hooks', () => {
    expect(() => useOcsMock()).toThrow('Pass the hooks of the runner')
  })

  it('tells a mistake in the seed at once', () => {
    expect(() => useOcsMock({ seed: { users: [{}] as never } }, hooks)).toThrow('Failed to seed users[0].id')
  })
})
