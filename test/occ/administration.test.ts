import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const json = (text: string): unknown => JSON.parse(text)

describe('occ on background jobs', () => {
  it('runs one that is due, and not again before its time', async () => {
    const ocs = createOcsMock()
    const { stdout } = await ocs.occ('background-job:list --class=OC\\\\Log\\\\Rotate --output=json')
    const [job] = json(stdout) as { id: string; last_run: string }[]
    expect(job).toMatchObject({ class: 'OC\\Log\\Rotate', last_run: '1970-01-01T00:00:00+00:00', argument: 'null' })
    expect((await ocs.occ(`background-job:execute ${job!.id}`)).stdout).toContain('Job executed!\n')
    expect((await ocs.occ(`background-job:execute ${job!.id}`)).stdout).toContain('it is not due\n')
    ocs.world.clock.advance('2h')
    expect((await ocs.occ(`background-job:execute ${job!.id}`)).stdout).toContain('Job executed!\n')
  })

  it('asks before it takes one away', async () => {
    const ocs = createOcsMock()
    const list = async () => json((await ocs.occ('background-job:list --output=json')).stdout) as { id: string }[]
    const [first, ...others] = await list()
    expect((await ocs.occ(`background-job:delete ${first!.id}`, { stdin: 'n\n' })).stdout).toMatch(/aborted\.\n$/)
    await ocs.occ(`background-job:delete ${first!.id}`, { stdin: 'y\n' })
    expect(await list()).toEqual(others)
  })

  it('lists those of apps while these are enabled', async () => {
    const ocs = createOcsMock()
    await ocs.occ('app:disable photos')
    expect((await ocs.occ('background-job:list')).stdout).not.toContain('OCA\\Photos')
  })

  it('lets a worker run each once', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('background-job:worker --once')).stdout).toMatch(/^Running job \S+ with ID \d{18}\n$/)
    expect((await ocs.occ('background-job:worker')).stdout.split('\n').length).toBeGreaterThan(40)
    expect((await ocs.occ('background-job:worker')).stdout).toBe('')
    expect(await ocs.occ('background-job:worker Nosuch')).toMatchObject({
      stdout: 'Invalid job class: Nosuch\n',
      exitCode: 1,
    })
  })
})

describe('occ on settings of the server', () => {
  it('keeps where and how the log is written', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('log:manage --level=error --timezone=Europe/Berlin')).stdout).toBe(
      'Enabled logging backend: file\nLog level: Error (3)\nLog timezone: Europe/Berlin\n',
    )
    expect((await ocs.occ('config:system:get loglevel')).stdout).toBe('3\n')
    expect((await ocs.occ('log:manage --level=9')).stderr).toContain('Invalid log level number')
    expect((await ocs.occ('log:file --rotate-size=0')).stdout).toMatch(/Rotate at: disabled\n$/)
    expect((await ocs.occ('log:file --rotate-size=-5')).stderr).toContain('Log rotation file size must be non-negative')
  })

  it('chooses a preset by its name in any case', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('config:preset family')).stdout).toBe('current preset: FAMILY\n')
    expect((await ocs.occ('config:preset --output=json')).stdout).toBe('["FAMILY"]\n')
    expect((await ocs.occ('config:system:get config_preset')).stdout).toBe('2\n')
    expect((await ocs.occ('config:preset nonsense')).exitCode).toBe(2)
    await ocs.occ('config:app:set core shareapi_enforce_links_password --value=1')
    expect((await ocs.occ('config:preset --compare')).stdout).toMatch(/shareapi_enforce_links_password \| 1 {5}\| 1 /)
  })

  it('imports settings from a file that was given with the run', async () => {
    const ocs = createOcsMock()
    const files = { '/tmp/config.json': '{"system": {"greeting": "hello"}}' }
    expect((await ocs.occ('config:import /tmp/config.json', { files })).stdout).toBe(
      'Config successfully imported from: /tmp/config.json\n',
    )
    expect((await ocs.occ('config:system:get greeting')).stdout).toBe('hello\n')
  })

  it('themes the instance as capabilities then say', async () => {
    const ocs = createOcsMock()
    const theme = async () =>
      (
        await (
          await ocs.fetch('https://x.org/ocs/v2.php/cloud/capabilities?format=json', {
            headers: { 'OCS-APIRequest': 'true' },
          })
        ).json()
      ).ocs.data.capabilities.theming
    expect((await ocs.occ('theming:config name Cloudy')).stdout).toBe('Updated name to Cloudy\n')
    await ocs.occ('theming:config primary_color #ff0000')
    expect(await theme()).toMatchObject({ name: 'Cloudy', color: '#ff0000' })
    expect((await ocs.occ('theming:config primary_color red')).stdout).toBe('The given color is invalid: red\n')
    expect((await ocs.occ('theming:config name --reset')).stdout).toBe('Reset name to Nextcloud\n')
    expect(await theme()).toMatchObject({ name: 'Nextcloud' })
    expect((await ocs.occ('theming:config nonsense')).exitCode).toBe(1)
  })

  it('gives another fingerprint to the data', async () => {
    const ocs = createOcsMock()
    const { stdout } = await ocs.occ('maintenance:data-fingerprint')
    expect(stdout).toMatch(/^Updated data-fingerprint to [0-9a-f]{32}\n$/)
    expect(stdout).toContain((await ocs.occ('config:system:get data-fingerprint')).stdout.trim())
  })
})

describe('occ on delegated settings', () => {
  const SERVER = 'OCA\\Settings\\Settings\\Admin\\Server'

  it('delegates a page to a group once, until it is taken back or the group is gone', async () => {
    const ocs = createOcsMock({ seed: { groups: ['staff'] } })
    expect((await ocs.occ(['admin-delegation:add', SERVER, 'staff'])).stdout).toMatch(
      /^\n \[OK\] Administration of OCA\\Settings\\Settings\\Admin\\Server delegated to staff\. +\n\n$/,
    )
    expect((await ocs.occ(['admin-delegation:add', SERVER, 'staff'])).exitCode).toBe(4)
    expect((await ocs.occ('admin-delegation:show')).stdout).toContain(`${SERVER}   staff `)
    await ocs.occ('group:delete staff')
    expect((await ocs.occ('admin-delegation:show')).stdout).not.toContain('staff')
    expect((await ocs.occ(['admin-delegation:remove', SERVER, 'staff'])).stdout).toContain('didn’t have delegation')
  })

  it('refuses what is no such page, and groups that are not there', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('admin-delegation:add Nosuch admin')).exitCode).toBe(2)
    expect((await ocs.occ(['admin-delegation:add', SERVER, 'nosuch'])).exitCode).toBe(3)
  })
})

describe('occ on tasks of processing', () => {
  it('keeps which kinds are on', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('taskprocessing:task-type:set-enabled core:text2text 0 --output=json')).stdout).toBe(
      '{"core:text2text":false}\n',
    )
    expect((await ocs.occ('config:app:get core ai.taskprocessing_type_preferences')).stdout).toBe(
      '{"core:text2text":false}\n',
    )
  })

  it('tells what a task was not found because of', async () => {
    const { stderr } = await createOcsMock().occ('taskprocessing:task:get 1')
    expect(stderr.match(/^In .*$/gm)).toEqual(['In Manager.php line 1178:', 'In QBMapper.php line 284:'])
  })
})

describe('occ on albums', () => {
  it('makes albums of accounts, and puts pictures in', async () => {
    const ocs = createOcsMock({ seed: { files: { admin: { '/beach.jpg': 'x', '/note.txt': 'y' } } } })
    expect((await ocs.occ('photos:albums:create admin Holidays')).exitCode).toBe(0)
    expect((await ocs.occ('photos:albums:create admin Holidays')).stderr).toContain('already exists')
    expect((await ocs.occ('photos:albums:add admin Holidays beach.jpg')).exitCode).toBe(0)
    expect((await ocs.occ('photos:albums:add admin Holidays beach.jpg')).stdout).toContain('File already in album')
    expect((await ocs.occ('photos:albums:add admin Holidays note.txt')).stdout).toContain('Invalid mimetype')
    expect((await ocs.occ('photos:albums:add admin Holidays none.jpg')).stdout).toBe(
      'Invalid file path\n/admin/files/none.jpg\n',
    )
  })
})

describe('occ on webhooks and locks', () => {
  it('lists the webhooks that the API registered', async () => {
    const ocs = createOcsMock()
    await ocs.fetch('https://x.org/ocs/v2.php/apps/webhook_listeners/api/v1/webhooks', {
      method: 'POST',
      headers: {
        Authorization: `Basic ${btoa('admin:admin')}`,
        'OCS-APIRequest': 'true',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        httpMethod: 'POST',
        uri: 'https://example.com/hook',
        event: 'OCP\\Files\\Events\\Node\\NodeCreatedEvent',
        authMethod: 'none',
      }),
    })
    expect(json((await ocs.occ('webhook_listeners:list --output=json')).stdout)).toMatchObject([
      { id: '1', httpMethod: 'POST', uri: 'https://example.com/hook', authMethod: 'none' },
    ])
  })

  it('locks a file for an account, says so, and unlocks it', async () => {
    const ocs = createOcsMock({ seed: { files: { admin: { '/letter.txt': { content: 'x', id: 500 } } } } })
    expect((await ocs.occ('files:lock 500 admin')).stdout).toBe('locking letter.txt to admin\n')
    expect((await ocs.occ('files:lock --status 500')).stdout).toMatch(/^File #500 is locked by admin\n - Locked at: /)
    await ocs.occ('files:lock --unlock 500')
    expect((await ocs.occ('files:lock --status 500')).stdout).toBe('File #500 is not locked\n')
  })
})
