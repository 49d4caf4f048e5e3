import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOcsMock, type OcsMockWithHandlers } from '#index.ts'
import { ExApp } from '../support/exapp.ts'

const exApp = new ExApp('my_app_id', {
  'POST /ok': (_, response) => response.end('done'),
  'POST /created': (_, response) => {
    response.statusCode = 201
    response.end('made')
  },
  'POST /broken': (_, response) => {
    response.statusCode = 500
    response.end('Internal error')
  },
  'POST /drop': (_, response) => response.destroy(),
  'POST /cut': (_, response) => {
    response.setHeader('Content-Length', '1000')
    response.write('half', () => response.destroy())
  },
  'POST /pieces': (_, response) => {
    response.write('first ')
    response.write('ü<info>second</info>')
    response.end(`${'x'.repeat(993)}<info>cut</info>`)
  },
  'POST /slow': (_, response) => void setTimeout(() => response.end('late'), 50),
})
let ocs: OcsMockWithHandlers
beforeAll(async () => {
  await exApp.start()
  ocs = createOcsMock({ seed: exApp.seed })
})
afterAll(() => exApp.stop())

const register = (command: object) =>
  ocs.fetch('http://localhost/ocs/v2.php/apps/app_api/api/v1/occ_command', {
    method: 'POST',
    headers: { ...exApp.headers(), 'Content-Type': 'application/json' },
    body: JSON.stringify({ description: 'd', ...command }),
  })
const run = async (...words: string[]) => {
  const { exitCode, stdout, stderr } = await ocs.occ([...words, '--no-ansi'], { env: { COLUMNS: '120' } })
  return { exitCode, stdout, stderr }
}
const url = (path: string) => `http://127.0.0.1:${exApp.port}/${path}`
const SEE = '(see https://curl.haxx.se/libcurl/c/libcurl-errors.html)'

describe('a command of an ExApp', () => {
  it('sends null for arguments and options that it does not have', async () => {
    await register({ name: 'my:ok', execute_handler: 'ok' })

    expect(await run('my:ok')).toEqual({ exitCode: 0, stdout: 'done', stderr: '' })
    expect(exApp.last.json).toEqual({ occ: { arguments: null, options: null } })
  })

  it.each([
    ['created', 'command executeHandler failed'],
    ['broken', 'command executeHandler failed'],
    ['missing', 'command executeHandler failed'],
  ])('fails where %s is not answered 200', async (handler, said) => {
    await register({ name: `my:${handler}`, execute_handler: handler })

    expect(await run(`my:${handler}`)).toEqual({ exitCode: 1, stdout: `[my:${handler}] ${said}\n`, stderr: '' })
  })

  it('says why there is no answer', async () => {
    await register({ name: 'my:drop', execute_handler: 'drop' })
    await register({ name: 'my:cut', execute_handler: 'cut' })

    expect((await run('my:drop')).stdout).toBe(
      `[my:drop] command executeHandler failed. Error: cURL error 52: Empty reply from server ${SEE} for ${url('drop')}\n`,
    )
    expect((await run('my:cut')).stdout).toBe(
      `[my:cut] command executeHandler failed. Error: cURL error 18: transfer closed with 996 bytes remaining to read ${SEE} for ${url('cut')}\n`,
    )
  })

  it('says that the ExApp is down', async () => {
    await register({ name: 'my:ok', execute_handler: 'ok' })
    const { port } = exApp
    await exApp.stop()
    const down = await run('my:ok')
    await exApp.start(port)

    expect(down.exitCode).toBe(1)
    expect(down.stdout).toBe(
      `[my:ok] command executeHandler failed. Error: cURL error 7: Failed to connect to 127.0.0.1 port ${port} after 0 ms: Couldn't connect to server ${SEE} for ${url('ok')}\n`,
    )
  })

  it('writes an answer in pieces of 1024 bytes, in which marks are read', async () => {
    await register({ name: 'my:pieces', execute_handler: 'pieces' })
    await register({ name: 'my:slow', execute_handler: 'slow' })

    // The first piece ends within the second mark, behind `<inf`.
    const { stdout } = await run('my:pieces')
    expect(stdout.startsWith('first üsecondxxx')).toBe(true)
    expect(stdout.endsWith('<info>cut')).toBe(true)
    expect((await run('my:slow')).stdout).toBe('late')
  })

  it('cannot run where an option was registered with its dashes', async () => {
    const options = [{ name: '--dash', mode: 'none', description: '' }]
    await register({ name: 'my:dashes', execute_handler: 'ok', options })

    expect((await run('help', 'my:dashes')).stdout).toContain('      --dash ')
    const { exitCode, stderr } = await run('my:dashes', '--dash')
    expect(exitCode).toBe(1)
    expect(stderr).toContain('The "--dash" option does not exist.')
  })

  it('can be hidden, and runs all the same', async () => {
    await register({ name: 'my:hidden', hidden: 1, execute_handler: 'ok' })

    expect((await run('list', 'my')).stdout).not.toContain('my:hidden')
    expect((await run('my:hidden')).stdout).toBe('done')
  })

  it('stands in for one of the server by its name, as long as it is there', async () => {
    await register({ name: 'user:list', execute_handler: 'ok' })
    expect((await run('user:list')).stdout).toBe('done')

    const { status } = await ocs.fetch('http://localhost/ocs/v2.php/apps/app_api/api/v1/occ_command?name=user:list', {
      method: 'DELETE',
      headers: exApp.headers(),
    })
    expect(status).toBe(200)
    expect((await run('user:list')).stdout).toContain('admin')
  })

  it('is not there under maintenance', async () => {
    await register({ name: 'my:ok', execute_handler: 'ok' })
    await ocs.occ('maintenance:mode --on')
    expect((await run('my:ok')).stderr).toContain('There are no commands defined in the "my" namespace.')
    await ocs.occ('maintenance:mode --off')
    expect((await run('my:ok')).exitCode).toBe(0)
  })

  it.each([
    ['an option of the mode array', { options: [{ name: 'o', mode: 'array', description: '' }] }],
    ['an argument behind one that takes the rest', { arguments: [arg('a', 'array'), arg('b', 'optional')] }],
    ['a required argument behind an optional one', { arguments: [arg('a', 'optional'), arg('b', 'required')] }],
    ['two arguments of one name', { arguments: [arg('a', 'required'), arg('a', 'required')] }],
    ['two options of one shortcut', { options: [option('a'), option('b')] }],
    ['a default for the rest that is no list', { arguments: [{ ...arg('a', 'array'), default: 'x' }] }],
    ['a name that ends with a colon', { name: 'a:' }],
  ])('takes those behind it along when it has %s', async (_, broken) => {
    ocs.reset()
    await register({ name: 'my:ok', execute_handler: 'ok' })
    await register({ name: 'broken', execute_handler: 'ok', ...broken })

    expect((await run('my:ok')).stderr).toContain('There are no commands defined in the "my" namespace.')
    expect((await run('status')).exitCode).toBe(0)
    ocs.reset()
  })
})

function arg(name: string, mode: string) {
  return { name, mode, description: '', default: null }
}

function option(name: string) {
  return { name, shortcut: 'x', mode: 'none', description: '' }
}
