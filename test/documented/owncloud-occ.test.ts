import { describe, expect, it } from 'vitest'
import manual from '#fixtures/documented/owncloud-8.1-occ.json' with { type: 'json' }
import { createOcsMock, type Seed } from '#index.ts'

interface Example {
  readonly title: string
  readonly command: string
  readonly output: string
  readonly env?: Record<string, string>
  readonly stdin?: string
  readonly seed?: Seed
  readonly before?: readonly string[]
  readonly exitCode?: number
}

/** The manual wraps lines where its page ends and puts full stops where it likes; words and their order count. */
const words = (text: string) =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/\.$/, ''))

const examples = manual.examples as readonly Example[]

describe(`every example of "${manual.manual}"`, () => {
  it.each(examples.map((example) => [example.title, example] as const))('%s', async (_, example) => {
    const ocs = createOcsMock({ profile: 'owncloud-8.1', ...(example.seed ? { seed: example.seed } : {}) })
    for (const command of example.before ?? []) expect((await ocs.occ(command)).exitCode).toBe(0)
    const { stdin = '', env = {} } = example
    const result = await ocs.occ(example.command, { stdin, env: { COLUMNS: '80', ...env } })
    // Questions go to standard error; on a terminal, both are one.
    const shown = words(`${result.stderr} ${result.stdout}`).join(' ')
    expect(shown).toContain(words(example.output).join(' '))
    expect(result.exitCode).toBe(example.exitCode ?? 0)
  })
})

describe('what the commands do to the world', () => {
  it('lets a new user log in with the password that was asked for', async () => {
    const ocs = createOcsMock({ profile: 'owncloud-8.1' })
    await ocs.occ('user:add --group=users layla', { stdin: 'secret\nsecret\n' })
    const response = await ocs.fetch('http://localhost/ocs/v1.php/cloud/users/layla', {
      headers: { Authorization: `Basic ${btoa('layla:secret')}` },
    })
    expect(await response.text()).toContain('<statuscode>100</statuscode>')
  })

  it('refuses passwords that differ and names that are taken', async () => {
    const ocs = createOcsMock({ profile: 'owncloud-8.1' })
    const differs = await ocs.occ('user:add layla', { stdin: 'one\ntwo\n' })
    expect([differs.exitCode, differs.stdout]).toEqual([1, 'Passwords did not match!\n'])
    const taken = await ocs.occ('user:add admin', { stdin: 'one\none\n' })
    expect([taken.exitCode, taken.stdout]).toEqual([1, 'The user "admin" already exists.\n'])
  })

  it('asks for the password of the administrator where an empty one is given', async () => {
    const ocs = createOcsMock({ profile: 'owncloud-8.1', seed: { config: { system: { installed: false } } } })
    const command = ['maintenance:install', '--admin-user', 'root', '--admin-pass', '']
    const { stdout, stderr } = await ocs.occ(command, { stdin: 'secret\n' })
    expect(stderr).toContain('What is the password you like to use for the admin account <root>?')
    expect(stdout).toContain('ownCloud was successfully installed\n')
    expect((await ocs.occ('user:lastseen root')).exitCode).toBe(0)
  })

  it('finishes an upgrade only when every app was updated', async () => {
    const update = { app: 'gallery', version: '1.0' }
    const seed = (failure?: string): Seed => ({
      config: { system: { needsDbUpgrade: true, appUpdates: [failure ? { ...update, failure } : update] } },
    })
    const failing = createOcsMock({ profile: 'owncloud-8.1', seed: seed('No space left') })
    expect((await failing.occ('upgrade')).exitCode).toBe(5)
    expect((await failing.occ('upgrade')).exitCode).toBe(5)
    const working = createOcsMock({ profile: 'owncloud-8.1', seed: seed() })
    await working.occ('upgrade')
    expect((await working.occ('upgrade')).stdout).toBe('ownCloud is already latest version\n')
  })

  it('knows what was configured for LDAP', async () => {
    const ocs = createOcsMock({ profile: 'owncloud-8.1' })
    await ocs.occ('ldap:create-empty-config')
    await ocs.occ('ldap:create-empty-config')
    await ocs.occ('ldap:set-config s01 ldapHost ldap.example.com')
    expect((await ocs.occ('ldap:show-config s01')).stdout).toMatch(/\| ldap_host +\| ldap\.example\.com \|/)
    expect((await ocs.occ('ldap:show-config s09')).stdout).toBe('Invalid configID\n')
    expect((await ocs.occ('ldap:delete-config s09')).stdout).toBe("Cannot delete configuration with configID 's09'\n")
  })
})
