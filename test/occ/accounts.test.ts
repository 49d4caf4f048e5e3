import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const PASSWORD = 'Corr3ct-h0rse!'
const env = { OC_PASS: PASSWORD }
const admin = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
const ask = async (ocs: ReturnType<typeof createOcsMock>, path: string) =>
  (await (await ocs.fetch(`https://x.org/ocs/v2.php${path}?format=json`, { headers: admin })).json()).ocs.data

describe('occ user:add', () => {
  it('makes an account that the endpoints show, with name, groups and address', async () => {
    const ocs = createOcsMock()
    const result = await ocs.occ(
      'user:add --password-from-env --display-name "Layla Smith" --group users --group db-admins --email L@example.org layla',
      { env },
    )
    expect(result).toEqual({
      stdout: [
        'The account "layla" was created successfully',
        'Display name set to "Layla Smith"',
        'Created group "users"',
        'Account "layla" added to group "users"',
        'Created group "db-admins"',
        'Account "layla" added to group "db-admins"',
        'Welcome email sent to L@example.org',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 0,
    })
    expect(await ask(ocs, '/cloud/users/layla')).toMatchObject({
      displayname: 'Layla Smith',
      email: 'l@example.org',
      groups: ['users', 'db-admins'],
    })
  })

  it('lists accounts that the endpoints made', async () => {
    const ocs = createOcsMock()
    const body = new URLSearchParams({ userid: 'bob', password: PASSWORD, displayName: 'Bob' })
    await ocs.fetch('https://x.org/ocs/v2.php/cloud/users', { method: 'POST', headers: admin, body })
    expect((await ocs.occ('user:list --output=json')).stdout).toBe('{"admin":"admin","bob":"Bob"}\n')
  })

  it('reads NC_PASS before OC_PASS, and says when both are empty', async () => {
    const ocs = createOcsMock()
    await ocs.occ('user:add --password-from-env a', { env: { NC_PASS: 'The-f1rst-of-two', OC_PASS: PASSWORD } })
    const headers = { ...admin, Authorization: `Basic ${btoa('a:The-f1rst-of-two')}` }
    expect((await ocs.fetch('https://x.org/ocs/v2.php/cloud/user', { headers })).status).toBe(200)
    const empty = await ocs.occ('user:add --password-from-env b')
    expect(empty).toMatchObject({ stdout: '--password-from-env given, but NC_PASS/OC_PASS is empty!\n', exitCode: 1 })
  })

  it('asks for the password and once more, on standard error', async () => {
    const ocs = createOcsMock()
    const good = await ocs.occ('user:add alice', { stdin: `${PASSWORD}\n${PASSWORD}\n` })
    expect(good.stderr).toBe('Enter password: \nConfirm password: \n')
    expect(good.stdout).toBe('The account "alice" was created successfully\n')
    const bad = await ocs.occ('user:add bob', { stdin: 'one\nother\n' })
    expect(bad).toMatchObject({ stdout: 'Passwords did not match!\n', exitCode: 1 })
  })

  it('asks someone at a terminal', async () => {
    const asked: [string, boolean][] = []
    const answer = async (question: string, hidden: boolean) => {
      asked.push([question, hidden])
      return PASSWORD
    }
    await createOcsMock().occ('user:add alice', { ask: answer })
    expect(asked).toEqual([
      ['Enter password: ', true],
      ['Confirm password: ', true],
    ])
  })

  it('changes nothing before a terminal elsewhere has answered everything', async () => {
    const ocs = createOcsMock()
    const first = await ocs.occ('user:add alice', { answers: [] })
    expect(first.prompt).toEqual({ question: 'Enter password: ', hidden: true })
    const second = await ocs.occ('user:add alice', { answers: [PASSWORD] })
    expect(second.prompt).toEqual({ question: 'Confirm password: ', hidden: true })
    const third = await ocs.occ('user:add alice', { answers: [PASSWORD, PASSWORD] })
    expect(third.prompt).toBeUndefined()
    expect(third.stdout).toContain('was created successfully')
  })

  it('asks nobody with --no-interaction', async () => {
    const { stdout, exitCode } = await createOcsMock().occ('user:add -n alice')
    expect(stdout).toMatch(/^Interactive input or --password-from-env or --generate-password is needed/)
    expect(exitCode).toBe(1)
  })

  it('refuses what the password policy and the rules for ids refuse', async () => {
    const ocs = createOcsMock()
    const short = await ocs.occ('user:add --password-from-env a', { env: { OC_PASS: 'short' } })
    expect(short.stdout).toContain('Password needs to be at least 10 characters long.')
    expect((await ocs.occ('user:add --password-from-env "bad name!"', { env })).stdout).toContain(
      'Only the following characters are allowed',
    )
    expect((await ocs.occ('user:add --password-from-env admin', { env })).stdout).toBe(
      'The account "admin" already exists.\n',
    )
  })
})

describe('occ on accounts', () => {
  const seed = { users: [{ id: 'alice', password: PASSWORD, displayName: 'Alice', groups: ['staff'] }] }

  it('tells details of one account', async () => {
    const { stdout } = await createOcsMock({ seed }).occ('user:info alice')
    expect(stdout).toContain('  - display_name: Alice\n')
    expect(stdout).toContain('  - groups:\n    - staff\n')
    expect(stdout).toContain('  - last_seen: never\n')
    expect((await createOcsMock().occ('user:info ghost')).stdout).toBe('user not found\n')
  })

  it('disables and enables', async () => {
    const ocs = createOcsMock({ seed })
    await ocs.occ('user:disable alice')
    expect((await ask(ocs, '/cloud/users/alice')).enabled).toBe(false)
    expect((await ocs.occ('user:list --disabled')).stdout).toBe('  - alice: Alice\n')
    expect((await ocs.occ('user:enable alice')).stdout).toBe('The specified user is enabled\n')
    expect((await ocs.occ('user:enable ghost')).exitCode).toBe(1)
  })

  it('deletes, and finds nothing wrong with what is not there', async () => {
    const ocs = createOcsMock({ seed })
    expect((await ocs.occ('user:delete alice')).stdout).toBe('The specified user was deleted\n')
    expect(await ocs.occ('user:delete alice')).toMatchObject({ stdout: 'User does not exist\n', exitCode: 0 })
  })

  it('resets a password', async () => {
    const ocs = createOcsMock({ seed })
    const done = await ocs.occ('user:resetpassword alice', { stdin: 'N3w-passw0rd!\nN3w-passw0rd!\n' })
    expect(done.stdout).toBe('Successfully reset password for alice\n')
    const headers = { ...admin, Authorization: `Basic ${btoa('alice:N3w-passw0rd!')}` }
    expect((await ocs.fetch('https://x.org/ocs/v2.php/cloud/user', { headers })).status).toBe(200)
    expect((await ocs.occ('user:resetpassword alice', { stdin: '\n' })).stdout).toBe('Password cannot be empty!\n')
  })

  it('reads and writes settings, those of the account itself too', async () => {
    const ocs = createOcsMock({ seed })
    await ocs.occ('user:setting alice settings email Alice@Example.org')
    await ocs.occ('user:setting alice core lang de')
    await ocs.occ('user:setting alice myapp key value')
    expect(await ask(ocs, '/cloud/users/alice')).toMatchObject({ email: 'alice@example.org', language: 'de' })
    expect((await ocs.occ('user:setting alice myapp key')).stdout).toBe('value\n')
    const settings = '  - settings:\n    - email: alice@example.org\n    - display_name: Alice\n'
    expect((await ocs.occ('user:setting alice')).stdout).toContain('  - core:\n    - lang: de\n')
    expect((await ocs.occ('user:setting alice')).stdout).toMatch(/ {2}- myapp:\n {4}- key: value\n/)
    expect((await ocs.occ('user:setting alice settings')).stdout).toBe(settings)
    await ocs.occ('user:setting alice myapp key --delete')
    expect(await ocs.occ('user:setting alice myapp key')).toMatchObject({
      stdout: 'The setting does not exist for user "alice".\n',
      exitCode: 1,
    })
    expect((await ocs.occ('user:setting alice myapp key --default-value=none')).stdout).toBe('none\n')
  })

  it('lists among the settings what apps note by themselves, once there is something to note', async () => {
    const ocs = createOcsMock()
    const listed = async (id: string) => JSON.parse((await ocs.occ(`user:setting ${id} --output=json`)).stdout)
    const fresh = {
      avatar: { generated: 'true' },
      circles: { userSingleId: expect.stringMatching(/^[A-Za-z0-9]{31}$/) },
      settings: { display_name: 'zoe' },
    }
    await ocs.occ('user:add --password-from-env zoe', { env: { OC_PASS: 'Corr3ct-h0rse!' } })
    expect(await listed('zoe')).toEqual(fresh)
    await ocs.occ('user:disable zoe')
    expect(await listed('zoe')).toEqual({ ...fresh, core: { enabled: 'false' } })
    await ocs.occ('user:enable zoe')
    expect(await listed('zoe')).toEqual({ ...fresh, core: { enabled: 'true' } })
    await ocs.occ('app:disable circles')
    await ocs.occ('user:setting zoe settings display_name Zoe')
    const headers = { Authorization: `Basic ${btoa('zoe:Corr3ct-h0rse!')}`, 'OCS-APIRequest': 'true' }
    await ocs.fetch('https://x.org/ocs/v2.php/cloud/user', { headers })
    expect(await listed('zoe')).toEqual({
      activity: { configured: 'yes' },
      avatar: { generated: 'true', version: '1' },
      core: { enabled: 'true', templateDirectory: '' },
      files_sharing: { user_needs_share_refresh: '' },
      login: { lastLogin: expect.any(String), firstLogin: expect.any(String) },
      password_policy: { failedLoginAttempts: '0' },
      settings: { display_name: 'Zoe' },
    })
    expect((await ocs.occ('user:setting zoe avatar version')).stdout).toBe('1\n')
  })

  it('says which options of a setting do not go together', async () => {
    const ocs = createOcsMock({ seed })
    const said = async (options: string) => (await ocs.occ(`user:setting alice ${options}`)).stdout
    expect(await said('a --delete')).toContain('"delete" option can only be used when specifying a key')
    expect(await said('a b c --delete')).toContain('"delete" option can not be used together with "value"')
    expect(await said('a b --update-only')).toContain('"update-only" option can only be used together with "value"')
    expect(await said('a b --error-if-not-exists')).toContain('can only be used together with "delete"')
  })

  it('reads and writes what people tell about themselves', async () => {
    const ocs = createOcsMock({ seed })
    await ocs.occ('user:profile alice role Ruler')
    expect((await ask(ocs, '/cloud/users/alice')).role).toBe('Ruler')
    expect((await ocs.occ('user:profile alice')).stdout).toBe(
      '  - displayname: Alice\n  - role: Ruler\n  - profile_enabled: 1\n',
    )
    const wrong = await ocs.occ('user:profile alice phone nonsense')
    expect(wrong.stderr).toContain('In AccountManager.php line 684:')
  })

  it('counts them', async () => {
    const { stdout } = await createOcsMock({ seed }).occ('user:report')
    expect(stdout).toContain('| total users      | 2 |')
  })

  it('tells when someone was seen last', async () => {
    const ocs = createOcsMock({ seed: { users: [{ id: 'bob', lastLogin: 1_700_000_000 }, { id: 'carol' }] } })
    expect((await ocs.occ('user:lastseen bob')).stdout).toBe("bob's last login: 2023-11-14 22:13:20 UTC\n")
    expect((await ocs.occ('user:lastseen carol')).stdout).toBe('carol has never logged in.\n')
    expect((await ocs.occ('user:lastseen')).exitCode).toBe(1)
  })
})

describe('occ on groups', () => {
  it('makes, fills, lists and removes', async () => {
    const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] } })
    expect((await ocs.occ('group:add --display-name="The Crew" crew')).stdout).toBe('Created group "crew"\n')
    expect(await ocs.occ('group:add crew')).toMatchObject({ stdout: 'Group "crew" already exists.\n', exitCode: 1 })
    expect(await ocs.occ('group:adduser crew alice ghost')).toEqual({
      stdout:
        'user alice added\nuser ghost not found\nSome users were not found, all others where added to the group.\n',
      stderr: '',
      exitCode: 1,
    })
    expect((await ocs.occ('group:list')).stdout).toBe('  - admin:\n    - admin\n  - crew:\n    - alice\n')
    expect((await ocs.occ('group:list --info --output=json crew')).stdout).toBe(
      '{"crew":{"displayName":"The Crew","backends":["Database"],"users":["alice"]}}\n',
    )
    expect((await ocs.occ('group:removeuser crew alice')).stdout).toBe('user alice removed\n')
    expect((await ocs.occ('group:delete crew')).stdout).toBe('Group "crew" was removed\n')
    expect((await ocs.occ('group:delete admin')).stdout).toBe('Group "admin" could not be deleted.\n')
    expect((await ocs.occ('group:adduser crew alice')).stdout).toBe('group not found\n')
  })
})
