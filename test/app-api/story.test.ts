import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { createOcsMock } from '#index.ts'
import { ExApp } from '../support/exapp.ts'

const AUTHORIZATION = { 'authorization-app-api': btoa(':12345'), 'ex-app-id': 'my_app_id', 'aa-version': '34.0.0' }

/** The steps build on each other: they are one life. */
describe('the life of an ExApp, over HTTP in both directions', () => {
  const ocs = createOcsMock()
  const exApp = new ExApp('my_app_id', {
    'POST /handler_route': (heard, response) => response.end(`<info>heard</info> ${JSON.stringify(heard.json)}\n`),
    // It takes its time, and reports by itself.
    'POST /init': (_, response) => {
      response.end('{}')
      reported = call('PUT', '/ex-app/status', { progress: 50 }).then(() =>
        call('PUT', '/ex-app/status', { progress: 100 }),
      )
    },
  })
  let server: RunningServer
  let reported: Promise<unknown>
  beforeAll(async () => {
    server = await startServer(ocs)
    await exApp.start()
  })
  afterAll(async () => {
    await exApp.stop()
    await server.close()
  })

  async function call(method: string, path: string, json: unknown) {
    const response = await fetch(`${server.url}/ocs/v2.php/apps/app_api${path}`, {
      method,
      headers: { ...exApp.headers(), Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify(json),
    })
    return { status: response.status, body: (await response.json()) as { ocs: { data: unknown } } }
  }
  const occ = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await ocs.occ(['--no-ansi', ...args], { env: { COLUMNS: '120' } })
    return { exitCode, said: stdout + stderr }
  }
  const command = {
    name: 'my_app_id:ping',
    description: 'Test ping command',
    arguments: [
      { name: 'test_arg', mode: 'required', description: 'Test argument', default: 123 },
      { name: 'place', mode: 'optional', description: 'Where', default: 'here' },
      { name: 'rest', mode: 'array', description: 'More', default: [] },
    ],
    options: [
      { name: 'flag', shortcut: 'f', mode: 'none', description: 'A flag' },
      { name: 'size', shortcut: 's', mode: 'required', description: 'A size', default: 5 },
      { name: 'tone', mode: 'optional', description: 'A tone', default: 'low' },
      { name: 'loud', mode: 'negatable', description: 'Loud or not', default: true },
    ],
    usages: ['my_app_id:ping 12345', '12345 -f'],
    execute_handler: '/handler_route',
  }
  const DEFAULTS = { flag: false, size: 5, tone: 'low', loud: true }

  it('is registered, deployed, initialised and enabled', async () => {
    const address = server.url
    await occ('app_api:daemon:register', 'manual', 'Manual', 'manual-install', 'http', '127.0.0.1', address)
    const info = { name: 'My App', version: '1.0.0', secret: exApp.secret, port: exApp.port }
    const done = await occ(
      'app_api:app:register',
      'my_app_id',
      'manual',
      `--json-info=${JSON.stringify(info)}`,
      '--wait-finish',
    )

    expect(done).toEqual({
      exitCode: 0,
      said: 'ExApp my_app_id deployed successfully.\nExApp my_app_id successfully registered.\n',
    })
    // Who waits does so until the initialisation is done; the ExApp is enabled right behind it.
    await reported
    const calls = exApp.heard.map(({ method, url }) => `${method} ${url}`)
    expect(calls.slice(0, 2)).toEqual(['GET /heartbeat', 'POST /init'])
    expect(calls).toContain('PUT /enabled?enabled=1')
    expect(exApp.heard[1]!.headers).toMatchObject({ ...AUTHORIZATION, 'ex-app-version': '1.0.0' })
    expect((await occ('app_api:app:list')).said).toBe('ExApps:\nmy_app_id (My App): 1.0.0 [enabled]\n')
  })

  it('adds a command, which is listed and described', async () => {
    expect((await call('POST', '/api/v1/occ_command', command)).status).toBe(200)

    const list = await occ('list', 'my_app_id')
    expect(list.said).toContain('  my_app_id:ping  Test ping command\n')
    const help = await occ('help', 'my_app_id:ping')
    expect(help.said).toContain('  my_app_id:ping [options] [--] <test_arg> [<place> [<rest>...]]\n')
    expect(help.said).toContain('  my_app_id:ping 12345\n  my_app_id:ping 12345 -f\n')
    expect(help.said).toContain('  -s, --size=SIZE       A size [default: 5]\n')
    expect(help.said).toContain('      --tone[=TONE]     A tone [default: "low"]\n')
    expect(help.said).toContain('      --loud|--no-loud  Loud or not\n')
  })

  it.each([
    [['1'], { test_arg: '1', place: 'here', rest: [] }, {}],
    [['1', 'there', 'x', 'y'], { test_arg: '1', place: 'there', rest: ['x', 'y'] }, {}],
    [['1', '-f'], { test_arg: '1', place: 'here', rest: [] }, { flag: true }],
    [['1', '--size=7'], { test_arg: '1', place: 'here', rest: [] }, { size: '7' }],
    [['1', '-fs8', '--tone=high'], { test_arg: '1', place: 'here', rest: [] }, { flag: true, size: '8', tone: 'high' }],
    [['1', '--tone'], { test_arg: '1', place: 'here', rest: [] }, { tone: null }],
    [['1', '--no-loud'], { test_arg: '1', place: 'here', rest: [] }, { loud: false }],
    [['--', '-f'], { test_arg: '-f', place: 'here', rest: [] }, {}],
  ])('runs it with %j', async (words, args, options) => {
    const asked = { occ: { arguments: args, options: { ...DEFAULTS, ...options } } }
    const { exitCode, said } = await occ('my_app_id:ping', ...words)

    expect({ exitCode, said }).toEqual({ exitCode: 0, said: `heard ${JSON.stringify(asked)}\n` })
    expect(exApp.last).toMatchObject({ method: 'POST', url: '/handler_route', json: asked })
    expect(exApp.last.headers).toMatchObject({
      ...AUTHORIZATION,
      'ex-app-version': '1.0.0',
      'aa-request-id': 'CLI',
      'content-type': 'application/json',
    })
  })

  it.each([
    [[], 'Not enough arguments (missing: "test_arg").'],
    [['1', '--flag=x'], 'The "--flag" option does not accept a value.'],
    [['1', '--size'], 'The "--size" option requires a value.'],
    [['1', '--nope'], 'The "--nope" option does not exist.'],
  ])('is not called for %j', async (words, message) => {
    const before = exApp.heard.length
    const { exitCode, said } = await occ('my_app_id:ping', ...words)

    expect(exitCode).toBe(1)
    expect(said).toContain(message)
    expect(exApp.heard).toHaveLength(before)
  })

  it('has no command while it is disabled', async () => {
    expect((await occ('app_api:app:disable', 'my_app_id')).said).toBe('ExApp my_app_id successfully disabled.\n')
    expect(exApp.last.url).toBe('/enabled?enabled=0')
    expect((await occ('my_app_id:ping', '1')).said).toContain(
      'There are no commands defined in the "my_app_id" namespace.',
    )
    expect((await occ('app_api:app:enable', 'my_app_id')).said).toBe('ExApp my_app_id successfully enabled.\n')
    expect((await occ('my_app_id:ping', '1')).exitCode).toBe(0)
  })

  it('takes the command away', async () => {
    expect((await call('DELETE', '/api/v1/occ_command', { name: 'my_app_id:ping' })).status).toBe(200)
    expect((await occ('my_app_id:ping', '1')).exitCode).toBe(1)
    expect((await call('DELETE', '/api/v1/occ_command', { name: 'my_app_id:ping' })).status).toBe(404)
  })

  it('is unregistered, and its commands with it', async () => {
    await call('POST', '/api/v1/occ_command', command)
    expect((await occ('app_api:daemon:unregister', 'manual')).said).toContain('contains 1 ExApps')
    expect((await occ('app_api:app:unregister', 'my_app_id')).said).toBe(
      'ExApp my_app_id successfully disabled.\nExApp my_app_id successfully unregistered.\n',
    )
    expect((await occ('my_app_id:ping', '1')).exitCode).toBe(1)
    expect((await call('GET', '/ex-app/state', undefined).catch(() => ({ status: 401 }))).status).toBe(401)
    expect((await occ('app_api:daemon:unregister', 'manual')).said).toBe('Daemon config unregistered.\n')
  })
})
