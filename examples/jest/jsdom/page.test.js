import { jest } from '@jest/globals'
import { useOcsMock } from 'ocs-mock/jest'
import { readStatus } from '../src/status.js'

useOcsMock({
  seed: { users: [{ id: 'alice', displayName: 'Alice Adams' }], statuses: [{ user: 'alice', status: 'dnd' }] },
  signedInAs: 'alice',
  page: { app: 'files' },
})

// Libraries remember who is logged in.
beforeEach(() => jest.resetModules())

test('knows who is logged in', async () => {
  const { getCurrentUser } = await import('@nextcloud/auth')
  expect(getCurrentUser()).toEqual({ uid: 'alice', displayName: 'Alice Adams', isAdmin: false })
})

test('has the page and the answers of one world', async () => {
  expect(document.head.dataset.user).toBe('alice')
  expect(await readStatus()).toBe('dnd')
  const { value } = document.querySelector('#initial-state-user_status-status')
  expect(JSON.parse(atob(value))).toMatchObject({ userId: 'alice', status: 'dnd' })
})
