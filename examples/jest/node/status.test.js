import { useOcsMock } from 'ocs-mock/jest'
import { readStatus, setStatus } from '../src/status.js'

const ocs = useOcsMock({
  seed: { users: [{ id: 'alice' }], statuses: [{ user: 'alice', status: 'online' }] },
  signedInAs: 'alice',
})

test('goes away', async () => {
  expect(await setStatus('away')).toBe('away')
  expect(await readStatus()).toBe('away')
  expect(ocs()).toHaveReceived({ operation: 'user_status-set-status', actor: 'alice', times: 1 })
})

test('begins anew in each test', async () => {
  expect(await readStatus()).toBe('online')
})

test('is told why it cannot', async () => {
  await expect(setStatus('nonsense')).rejects.toThrow()
  expect(ocs()).toHaveAnswered('user_status-set-status', 400)
})
