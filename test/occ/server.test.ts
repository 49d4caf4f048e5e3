import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const admin = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }

describe('occ on apps', () => {
  it('enables and disables what the endpoints then have', async () => {
    const ocs = createOcsMock()
    const url = 'https://x.org/ocs/v2.php/cloud/apps?filter=enabled&format=json'
    const enabled = async () => (await (await ocs.fetch(url, { headers: admin })).json()).ocs.data.apps
    expect((await ocs.occ('app:enable admin_audit comments')).stdout).toBe(
      'admin_audit 1.24.0 enabled\ncomments already enabled\n',
    )
    expect(await enabled()).toContain('admin_audit')
    expect((await ocs.occ('app:disable admin_audit')).stdout).toBe('admin_audit 1.24.0 disabled\n')
    expect(await enabled()).not.toContain('admin_audit')
    expect((await ocs.occ('app:list --disabled --output=json')).stdout).toContain('"1.24.0 (installed 1.24.0)"')
  })

  it('restricts an app to groups, where it can be', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('app:enable --groups=admin dashboard')).stdout).toBe(
      'dashboard 7.14.0 enabled for groups: admin\n',
    )
    expect(await ocs.occ('app:enable -g admin files_trashbin')).toMatchObject({
      stdout: "files_trashbin can't be enabled for groups.\n",
      exitCode: 1,
    })
  })

  it('refuses what cannot be', async () => {
    const ocs = createOcsMock()
    expect(await ocs.occ('app:disable files')).toMatchObject({ stdout: "files can't be disabled.\n", exitCode: 2 })
    expect(await ocs.occ('app:disable nosuch')).toMatchObject({ stdout: 'No such app enabled: nosuch\n', exitCode: 0 })
    expect(await ocs.occ('app:enable nosuch')).toMatchObject({
      stdout: 'Could not download app nosuch, it was not found on the appstore\n',
      exitCode: 1,
    })
    expect((await ocs.occ('app:getpath nosuch')).exitCode).toBe(1)
  })

  it('brings the commands of an app with it', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('ldap:show-config')).stderr).toContain(
      'There are no commands defined in the "ldap" namespace.',
    )
    await ocs.occ('app:enable user_ldap')
    expect((await ocs.occ('ldap:create-empty-config')).stdout).toBe('Created new configuration with configID s01\n')
    await ocs.occ(['ldap:set-config', 's01', 'ldapHost', 'ldap.example.org'])
    expect((await ocs.occ('ldap:show-config s01')).stdout).toMatch(/\| ldapHost +\| ldap\.example\.org +\|/)
    expect((await ocs.occ('ldap:test-config s01')).exitCode).toBe(1)
    expect((await ocs.occ('ldap:check-user --force bob')).stdout).toMatch(
      /^An unhandled exception has been thrown:\nError: Call to a member function/,
    )
    expect((await ocs.occ('ldap:delete-config s01')).exitCode).toBe(0)
    expect((await ocs.occ('ldap:show-config s01')).stdout).toBe('Invalid configID\n')
  })
})

describe('occ on settings', () => {
  it('keeps app settings with their types', async () => {
    const ocs = createOcsMock()
    const set = async (options: string) => (await ocs.occ(`config:app:set myapp ${options} -n`)).stdout
    expect(await set('a --value=1')).toBe(
      "Config value 'a' for app 'myapp' is now set to '1', stored as mixed in fast cache\n",
    )
    expect(await set('a --value=1')).toBe('Config value were not updated\n')
    expect(await set('b --value=[1] --type=array --lazy')).toContain('stored as array in lazy cache')
    expect(await set('c --value=secret --sensitive')).toContain("set to '<sensitive>'")
    expect((await ocs.occ('config:app:get myapp b')).stdout).toBe('[1]\n')
    expect((await ocs.occ('config:app:get myapp nosuch')).exitCode).toBe(1)
    expect(JSON.parse((await ocs.occ('config:list myapp')).stdout)).toEqual({
      apps: { myapp: { a: '1', c: '***REMOVED SENSITIVE VALUE***', b: [1] } },
    })
    const wrong = await ocs.occ('config:app:set myapp d --value=x --type=integer')
    expect(wrong.stderr).toContain('In ConfigManager.php line 256:')
    expect(wrong.stderr).toContain('  Value is not an integer  ')
  })

  it('asks before a type changes', async () => {
    const ocs = createOcsMock()
    await ocs.occ('config:app:set myapp a --value=1 --type=string')
    const no = await ocs.occ('config:app:set myapp a --value=2 --type=integer', { stdin: 'no\n' })
    expect(no.stdout).toContain('cancelled')
    expect(no.stdout).toContain('stored as string')
    const yes = await ocs.occ('config:app:set myapp a --value=3 --type=integer', { stdin: 'yes\n' })
    expect(yes.stdout).toContain('stored as integer')
    const nobody = await ocs.occ('config:app:set myapp a --value=3 --type=string')
    expect(nobody.stderr).toContain('  Aborted.  ')
  })

  it('reaches into config.php', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('config:system:set a b c --value=1 --type=integer')).stdout).toBe(
      'System config value a => b => c set to integer 1\n',
    )
    expect((await ocs.occ('config:system:get a b')).stdout).toBe('c: 1\n')
    expect((await ocs.occ('config:system:get a --output=json')).stdout).toBe('{"b":{"c":1}}\n')
    expect((await ocs.occ('config:system:set x --value=maybe --type=boolean')).stderr).toContain(
      'Unable to parse value as boolean',
    )
    await ocs.occ('config:system:delete a b c')
    expect((await ocs.occ('config:system:get a')).stdout).toBe('b:\n')
    expect((await ocs.occ('config:system:delete nosuch --error-if-not-exists')).exitCode).toBe(1)
  })

  it('imports from standard input', async () => {
    const ocs = createOcsMock()
    await ocs.occ('config:import', { stdin: '{"system":{"x":true},"apps":{"core":{"y":"z"}}}' })
    expect((await ocs.occ('config:app:get core y')).stdout).toBe('z\n')
    expect((await ocs.occ('config:import', { stdin: '{"foo":1}' })).stdout).toBe('Found invalid entries in root: foo\n')
  })
})

describe('occ under maintenance', () => {
  it('loses the commands of apps, says so, and the endpoints answer 503', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('maintenance:mode --on')).stdout).toBe('Maintenance mode enabled\n')
    expect((await ocs.fetch('https://x.org/ocs/v2.php/cloud/users', { headers: admin })).status).toBe(503)
    expect((await ocs.occ('user:list')).stderr).toBe(
      'Nextcloud is in maintenance mode, no apps are loaded.\nCommands provided by apps are unavailable.\n',
    )
    expect((await ocs.occ('user:list --output=json --no-warnings')).stderr).toContain('maintenance')
    expect((await ocs.occ('--no-warnings user:list')).stderr).toBe('')
    expect((await ocs.occ('files:scan admin')).stderr).toContain(
      'There are no commands defined in the "files" namespace.',
    )
    expect((await ocs.occ('status --exit-code')).exitCode).toBe(1)
    expect((await ocs.occ('maintenance:mode --off')).stdout).toBe('Maintenance mode disabled\n')
    expect((await ocs.occ('status -e')).exitCode).toBe(0)
  })
})

describe('occ on other things', () => {
  it('counts files of homes', async () => {
    const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] } })
    const { stdout } = await ocs.occ('files:scan --all')
    expect(stdout).toContain('Starting scan for user 2 out of 2 (alice)\n')
    expect(stdout).toMatch(/\| 3 +\| 1 +\| 0 /)
    expect((await ocs.occ('files:scan')).exitCode).toBe(1)
    expect((await ocs.occ('files:scan nobody')).stdout).toContain('Unknown user 1 nobody')
  })

  it('sends notifications that the endpoints show', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ(['notification:generate', 'admin', 'Hello', '-l', 'Long text'])).stdout).toMatch(
      /^Notification with ID \d+\n$/,
    )
    const url = 'https://x.org/ocs/v2.php/apps/notifications/api/v2/notifications?format=json'
    const [first] = (await (await ocs.fetch(url, { headers: admin })).json()).ocs.data
    expect(first).toMatchObject({ subject: 'Hello', message: 'Long text' })
    expect((await ocs.occ(`notification:delete admin ${first.notification_id}`)).exitCode).toBe(0)
    expect((await ocs.occ('notification:generate nobody Hello')).stdout).toBe('Unknown user\n')
  })

  it('switches encryption on and off', async () => {
    const ocs = createOcsMock()
    expect(await ocs.occ('encryption:enable')).toMatchObject({
      stdout: 'Encryption enabled\n\nNo encryption module is loaded\n',
      exitCode: 1,
    })
    await ocs.occ('app:enable encryption')
    expect((await ocs.occ('encryption:enable')).stdout).toBe(
      'Encryption is already enabled\n\nDefault module: OC_DEFAULT_MODULE\n',
    )
    expect((await ocs.occ('encryption:list-modules')).stdout).toBe(
      '  - OC_DEFAULT_MODULE: Default encryption module [default*]\n',
    )
    expect((await ocs.occ('encryption:disable')).stdout).toBe('Encryption disabled\n')
  })

  it('sets how background jobs run, by three names of one command', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('background:webcron')).stdout).toBe("Set mode for background jobs to 'webcron'\n")
    expect((await ocs.occ('background:c')).stdout).toContain('UnhandledMatchError')
  })

  it('fails as PHP does where a number is asked for and a word comes', async () => {
    const ocs = createOcsMock()
    for (const [line, called] of [
      ['text:reset x', 'OCA\\Text\\Service\\DocumentService::resetDocument(): Argument #1 ($documentId)'],
      ['activity:send-mails --limit=x', 'OCA\\Activity\\MailQueueHandler::sendEmails(): Argument #1 ($limit)'],
    ] as const) {
      const { stdout, exitCode } = await ocs.occ(line)
      expect(stdout).toContain(`TypeError: ${called} must be of type int, string given, called in /var/www/html/apps/`)
      expect(exitCode).toBe(1)
    }
    expect(await ocs.occ('text:reset 7')).toMatchObject({ exitCode: 0 })
    expect(await ocs.occ('activity:send-mails --limit=7')).toMatchObject({ stdout: '', exitCode: 0 })
  })

  it('says at -v that nobody changed what it is made of', async () => {
    const ocs = createOcsMock()
    for (const command of ['integrity:check-core', 'integrity:check-app files']) {
      expect((await ocs.occ(command)).stdout).toBe('')
      expect((await ocs.occ(`${command} -v`)).stdout).toBe('No errors found\n')
    }
  })

  it('lists logins by the ids of accounts, whatever they are called', async () => {
    const ocs = createOcsMock({ seed: { users: [{ id: 'ann', displayName: 'Zoe' }, { id: 'ben' }] } })
    expect((await ocs.occ('user:lastseen --all')).stdout.match(/^\w+/gm)).toEqual(['admin', 'ann', 'ben'])
  })

  it('repairs, upgrades and converts nothing', async () => {
    const ocs = createOcsMock()
    const env = { COLUMNS: '120' }
    expect((await ocs.occ('maintenance:repair')).stdout).toMatch(/^ - Repair MySQL collation\n/)
    expect((await ocs.occ('upgrade')).stdout).toMatch(/^No upgrade required\.\n/)
    expect((await ocs.occ('db:convert-type mysql u h d', { env })).stderr).toContain('could not find driver')
    expect((await ocs.occ('l10n:createjs files de', { env })).stderr).toContain('does not exist.')
  })
})
