import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const PASSWORD = 'Corr3ct-h0rse!'
const as = (login: string) => ({ headers: { Authorization: `Basic ${btoa(login)}`, 'OCS-APIRequest': 'true' } })
const USER = 'https://x.org/ocs/v2.php/cloud/user?format=json'

describe('occ on app passwords', () => {
  it('makes one that lets its account in, lists it and takes it away', async () => {
    const ocs = createOcsMock()
    const { stdout } = await ocs.occ('user:auth-tokens:add --name=Phone admin --no-interaction')
    const token = stdout.trim().split('\n').at(-1)
    expect(token).toMatch(/^[A-Za-z0-9]{72}$/)
    expect((await ocs.fetch(USER, as(`admin:${token}`))).status).toBe(200)
    expect(JSON.parse((await ocs.occ('user:auth-tokens:list admin --output=json')).stdout)).toMatchObject([
      { id: 1, name: 'Phone', type: 1, scope: { filesystem: true } },
    ])
    expect((await ocs.occ('user:auth-tokens:delete admin 1')).exitCode).toBe(0)
    expect((await ocs.fetch(USER, as(`admin:${token}`))).status).toBe(401)
    expect((await ocs.occ('user:auth-tokens:delete admin 1')).stderr).toContain('token does not exist')
  })

  it('takes those away that were not used since', async () => {
    const ocs = createOcsMock()
    await ocs.occ('user:auth-tokens:add admin -n')
    ocs.world.clock.advance('3d')
    await ocs.occ('user:auth-tokens:add --name=Fresh admin -n')
    await ocs.occ([
      'user:auth-tokens:delete',
      'admin',
      `--last-used-before=${Math.floor(ocs.world.clock.now() / 1000) - 60}`,
    ])
    expect((await ocs.occ('user:auth-tokens:list admin --output=json')).stdout).toContain('"Fresh"')
    expect((await ocs.occ('user:auth-tokens:list admin --output=json')).stdout).not.toContain('"cli"')
    expect((await ocs.occ('user:auth-tokens:delete admin --last-used-before=soon')).stderr).toContain(
      'Invalid date format.',
    )
  })
})

describe('occ on second factors', () => {
  it('switches one on that keeps a password from being enough', async () => {
    const ocs = createOcsMock({
      seed: { users: [{ id: 'alice', password: PASSWORD }], apps: { enabled: ['twofactor_nextcloud_notification'] } },
    })
    expect((await ocs.fetch(USER, as(`alice:${PASSWORD}`))).status).toBe(200)
    expect((await ocs.occ('twofactorauth:enable alice twofactor_nextcloud_notification')).stdout).toBe(
      'Two-factor provider twofactor_nextcloud_notification enabled for user alice.\n',
    )
    expect((await ocs.fetch(USER, as(`alice:${PASSWORD}`))).status).toBe(401)
    expect((await ocs.occ('twofactorauth:state alice')).stdout).toContain(
      'Enabled providers:\n- twofactor_nextcloud_notification\n',
    )
    await ocs.occ('twofactorauth:cleanup twofactor_nextcloud_notification')
    expect((await ocs.fetch(USER, as(`alice:${PASSWORD}`))).status).toBe(200)
  })

  it('refuses what an administrator cannot switch on, and what there is not', async () => {
    const ocs = createOcsMock()
    expect(await ocs.occ('twofactorauth:enable admin totp')).toMatchObject({
      stdout: 'The provider does not support this operation.\n',
      exitCode: 2,
    })
    expect((await ocs.occ('twofactorauth:disable admin nosuch')).stderr).toContain(
      "The provider 'nosuch' does not exist'",
    )
  })

  it('enforces them for groups', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('twofactorauth:enforce --on --group=admin --exclude=robots')).stdout).toBe(
      'Two-factor authentication is enforced for members of the group(s) admin, except members of robots\n',
    )
    expect((await ocs.occ('config:system:get twofactor_enforced')).stdout).toBe('true\n')
    expect((await ocs.occ('twofactorauth:enforce --off')).stdout).toBe('Two-factor authentication is not enforced\n')
  })
})

describe('occ on guessing', () => {
  const protectedFake = () =>
    createOcsMock({ seed: { config: { system: { 'auth.bruteforce.protection.enabled': true } } } })

  it('counts wrong passwords of an address, and forgets them', async () => {
    const ocs = protectedFake()
    for (let i = 0; i < 3; i++) await ocs.fetch(USER, as('admin:wrong'))
    expect(JSON.parse((await ocs.occ('security:bruteforce:attempts 127.0.0.1 --output=json')).stdout)).toEqual({
      'bypass-listed': false,
      attempts: 3,
      delay: 800,
    })
    expect((await ocs.occ('security:bruteforce:attempts 127.0.0.1 sudo')).stdout).toContain('attempts: 0')
    await ocs.occ('security:bruteforce:reset 127.0.0.1')
    expect((await ocs.occ('security:bruteforce:attempts 127.0.0.1')).stdout).toContain('attempts: 0')
  })

  it('counts nothing from networks that are let by, nor after twelve hours', async () => {
    const ocs = protectedFake()
    await ocs.fetch(USER, as('admin:wrong'))
    ocs.world.clock.advance('13h')
    expect((await ocs.occ('security:bruteforce:attempts 127.0.0.1')).stdout).toContain('attempts: 0')
    await ocs.occ('config:app:set bruteForce whitelist_1 --value=127.0.0.0/8')
    await ocs.fetch(USER, as('admin:wrong'))
    expect((await ocs.occ('security:bruteforce:attempts 127.0.0.1')).stdout).toBe(
      '  - bypass-listed: true\n  - attempts: 0\n  - delay: 0\n',
    )
  })

  it('knows an address from a text', async () => {
    const ocs = createOcsMock()
    expect(await ocs.occ('security:bruteforce:attempts 192.0.2.300')).toMatchObject({
      stdout: '"192.0.2.300" is not a valid IP address\n',
      exitCode: 1,
    })
  })
})

/** `openssl req -x509 -newkey ed25519 -nodes -days 36500 -subj "/O=Example/CN=cloud.example.com"` */
const PEM = `-----BEGIN CERTIFICATE-----
MIIBczCCASWgAwIBAgIUHQeRKD1s0pwnM0KxHa8b9sM6zZUwBQYDK2VwMC4xEDAO
BgNVBAoMB0V4YW1wbGUxGjAYBgNVBAMMEWNsb3VkLmV4YW1wbGUuY29tMCAXDTI2
MTEyOTE0MjAyMloYDzIxMjYxMTA1MTQyMDIyWjAuMRAwDgYDVQQKDAdFeGFtcGxl
MRowGAYDVQQDDBFjbG91ZC5leGFtcGxlLmNvbTAqMAUGAytlcAMhAERsV5etEP9V
MW7ooYVhoyjg3+GJoK1keHPkJecYxPvSo1MwUTAdBgNVHQ4EFgQUZBsznPpR6Q7B
kD+rw74d5RKM7U0wHwYDVR0jBBgwFoAUZBsznPpR6Q7BkD+rw74d5RKM7U0wDwYD
VR0TAQH/BAUwAwEB/zAFBgMrZXADQQCHiRYeDD0wiqAed1CmY2m3jGxC6LZjZd2Z
b1VmfRW6OsmAOrRcncZs7oDIGyxZR1CcJKci91U3LFAo/14+610D
-----END CERTIFICATE-----
`

describe('occ on certificates', () => {
  it('trusts one that was given with the run, shows what it says, and trusts it no more', async () => {
    const ocs = createOcsMock()
    const files = { '/tmp/cloud.pem': PEM, '/tmp/other.pem': 'no certificate' }
    expect(await ocs.occ('security:certificates:import /tmp/cloud.pem', { files })).toMatchObject({ exitCode: 0 })
    expect(JSON.parse((await ocs.occ('security:certificates --output=json')).stdout)).toMatchObject([
      { name: 'cloud.pem', common_name: 'cloud.example.com', organization: 'Example', issuer: 'cloud.example.com' },
    ])
    expect((await ocs.occ('security:certificates')).stdout).toContain('| cloud.pem | cloud.example.com | Example ')
    expect((await ocs.occ('security:certificates:import /tmp/other.pem', { files })).stderr).toContain(
      'Certificate could not get parsed.',
    )
    expect((await ocs.occ('security:certificates:import /tmp/none.pem')).exitCode).toBe(1)
    await ocs.occ('security:certificates:remove cloud.pem')
    expect((await ocs.occ('security:certificates --output=json')).stdout).toBe('[]\n')
  })
})
