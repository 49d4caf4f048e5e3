import { describe, expect, it } from 'vitest'
import { createOcsMock, ExpectationError, UserError } from '#index.ts'

const ocs = createOcsMock({ journalLimit: 4 })
const ask = (method: string, path: string, as?: string) =>
  ocs.fetch(`http://localhost${path}`, {
    method,
    headers: { 'OCS-APIRequest': 'true', ...(as ? { Authorization: `Basic ${btoa(`${as}:${as}`)}` } : {}) },
  })

ocs.journal.clear()
await ask('GET', '/status.php')
await ask('GET', '/ocs/v2.php/config')
await ask('GET', '/ocs/v2.php/cloud/users', 'admin')
await ask('GET', '/status.php')

const problem = (expectation: Parameters<typeof ocs.journal.expect>[0]): string => {
  try {
    ocs.journal.expect(expectation)
  } catch (error) {
    if (error instanceof ExpectationError) return error.message
    throw error
  }
  return ''
}

describe('an expectation of the journal', () => {
  it('is met by what came', () => {
    expect(problem({ path: '/status.php' })).toBe('')
    expect(problem({ path: '/status.php', times: 2 })).toBe('')
    expect(problem({ method: 'DELETE', times: 0 })).toBe('')
    expect(problem({ actor: 'admin', atMost: 1 })).toBe('')
    expect(problem({ path: '/ocs/v*.php/cloud/*', operation: 'provisioning_api-users-get-users' })).toBe('')
    expect(problem({ path: '/**', atLeast: 4 })).toBe('')
    expect(problem({ inOrder: [{ path: '/status.php' }, { actor: 'admin' }, { path: '/status.php' }] })).toBe('')
  })

  it('says what came instead, and what was nearest', () => {
    expect(problem({ method: 'POST', path: '/ocs/v2.php/cloud/users', actor: 'admin' })).toBe(
      `Expected POST /ocs/v2.php/cloud/users with actor "admin" at least once; none came.
The nearest of 4 other requests was #3 GET /ocs/v2.php/cloud/users by admin → 200:
  method: expected "POST", found "GET"`,
    )
  })

  it('says which came too often', () => {
    expect(problem({ path: '/status.php', times: 1 })).toBe(
      'Expected /status.php exactly once; 2 came: #1 GET /status.php by nobody → 200, #4 GET /status.php by nobody → 200.',
    )
    expect(problem({ path: '/status.php', times: 0 })).toMatch(/^Expected \/status\.php never; 2 came: /)
    expect(problem({ path: '/status.php', atLeast: 3 })).toMatch(/^Expected \/status\.php at least 3 times; 2 came\.\n/)
  })

  it('says where the order broke', () => {
    expect(problem({ inOrder: [{ actor: 'admin' }, { operation: 'core-ocs-get-config' }] })).toBe(
      `Expected requests in this order:
  1. a request with actor "admin" (came)
  2. core-ocs-get-config
The second did not come after #3 GET /ocs/v2.php/cloud/users by admin → 200. It came before that: #2 GET /ocs/v2.php/config by nobody → 200.`,
    )
  })

  it('does not take a star for anything but a wildcard', () => {
    expect(problem({ path: '/status.php*' })).toBe('')
    expect(problem({ path: '/*/v2.php/config' })).toBe('')
    expect(problem({ path: '/*/config' })).not.toBe('')
    expect(problem({ path: '/status?php*' })).not.toBe('')
  })

  it('refuses a pattern that is none', () => {
    expect(() => ocs.journal.expect({ pathPattern: '(' })).toThrow(UserError)
  })

  it('says when the journal has forgotten requests', async () => {
    await ask('GET', '/status.php')
    expect(problem({ method: 'PUT' })).toMatch(/The journal has forgotten its first 1 requests: raise journalLimit/)
  })
})
