import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { columns } from '#cli/columns.ts'
import { main } from '#cli/main.ts'
import { Waiting } from '#cli/waiting.ts'
import { recordedIo } from '../support/command-io.ts'

async function run(args: readonly string[], parts: Parameters<typeof recordedIo>[0] = {}) {
  const io = recordedIo(parts)
  const code = await main(args, io)
  return { code, ...io.text }
}

describe('the help', () => {
  it('of a command is asked for in three ways', async () => {
    const { out } = await run(['help', 'operations'])
    expect(out).toContain('usage: ocs-mock operations [TEXT…]')
    expect((await run(['operations', '--help'])).out).toBe(out)
    expect((await run(['operations', '-h'])).out).toBe(out)
  })

  it('lists every command', async () => {
    for (const name of ['serve', 'operations', 'doctor', 'completion'])
      expect((await run(['help'])).out).toContain(`  ${name}`)
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('what is misspelt', () => {
  it.each([
    [['operatons'], 'There is no command "operatons". Did you mean "operations"?'],
    [['help', 'docter'], 'There is no command "docter". Did you mean "doctor"?'],
    [['serve', '--prt', '1'], 'Unknown option \'--prt\'. Did you mean "--port"?'],
    [['operations', 'no-such-thing-anywhere'], 'No operation has no-such-thing-anywhere in it.'],
    [['completion', 'tcsh'], 'Failed to complete "tcsh": write bash, zsh, fish.'],
  ])('is told: %j', async (args, message) => {
    const { code, err } = await run(args)
    expect(err).toContain(message)
    expect(code).toBe(2)
  })
})

describe('ocs-mock operations', () => {
  it('lists those with all words in them, with method, path and id', async () => {
    const { out } = await run(['operations', 'downloadlimit', 'PUT'])
    expect(out).toMatch(
      /^PUT {2}\/apps\/files_downloadlimit\/api\/v1\/\{token\}\/limit {2}files_downloadlimit:PUT .*\n.*\n$/,
    )
  })

  it('lists those of a release alone', async () => {
    const ids = async (profile: string) =>
      (JSON.parse((await run(['operations', 'app_password', '--json', '--profile', profile])).out) as { id: string }[])
        .length
    expect(await ids('nextcloud-34')).toBeGreaterThan(await ids('nextcloud-31'))
  })
})

describe('columns', () => {
  const rows = [
    ['GET', '/a', 'first'],
    ['DELETE', '/longer', 'second'],
  ]

  it('stand beside each other where there is room', () => {
    expect(columns(rows)).toBe('GET     /a       first\nDELETE  /longer  second\n')
    expect(columns(rows, 23)).toBe(columns(rows))
    expect(columns([])).toBe('')
  })

  it('stand below each other where there is none', () => {
    expect(columns(rows, 20)).toBe('GET     /a\n    first\nDELETE  /longer\n    second\n')
  })
})

describe('ocs-mock completion', () => {
  const complete = async (...words: string[]) => {
    const { out } = await run(['completion', 'bash'])
    const script = `${out}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _ocs_mock; echo "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split(' ')
  }

  it('knows the commands, and of each the options and words that it takes', async () => {
    expect(await complete('ocs-mock', 'op')).toEqual(['openapi', 'operations'])
    expect(await complete('ocs-mock', 'serve', '--no')).toEqual(['--no-explain', '--not-recorded'].toSorted())
    expect(await complete('ocs-mock', 'profile', 'f')).toEqual(['from'])
    expect(await complete('ocs-mock', 'help', 'doc')).toEqual(['doctor'])
  })

  it('knows the values that there are few of', async () => {
    expect(await complete('ocs-mock', 'serve', '--profile', 'owncloud-')).toEqual(['owncloud-8.1', 'owncloud-10'])
    expect(await complete('ocs-mock', 'verify', '--fail-on', 'b')).toEqual(['breaks'])
  })

  it('is written for zsh and fish too', async () => {
    expect((await run(['completion', 'zsh'])).out).toMatch(/^#compdef ocs-mock\n/)
    const fish = (await run(['completion', 'fish'])).out
    expect(fish).toContain("complete -c ocs-mock -n '__fish_seen_subcommand_from serve' -l port -r\n")
    expect(fish).toContain("-l profile -x -a 'nextcloud-34 ")
  })
})

describe('ocs-mock doctor', () => {
  const noFake: typeof fetch = () => Promise.reject(new TypeError('fetch failed'))

  it('finds nothing in the way where nothing is', async () => {
    const { code, out } = await run(['doctor', '--port', '18437'], { fetch: noFake })
    expect(out).toMatch(/^ok {4}ocs-mock \d+\.\d+\.\d+ on Node /)
    expect(out).toMatch(/ok {4}msw \d+/)
    expect(out).toContain('note  no fake is running on http://127.0.0.1:18437')
    expect(code).toBe(0)
  })

  it('says that a port is taken, by whom, and what of the environment matters', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const port = String((server.address() as AddressInfo).port)
    const env = { HTTP_PROXY: 'http://proxy.example', OCS_MOCK_WORLD: 'ci' }
    const taken = await run(['doctor', '--port', port], { fetch: noFake, env })
    expect(taken.out).toContain(`BAD   port ${port} cannot be had (EADDRINUSE)`)
    expect(taken.out).toContain('note  HTTP_PROXY is set')
    expect(taken.out).toContain('note  OCS_MOCK_WORLD is ci')
    expect(taken.code).toBe(1)
    const older: typeof fetch = async () => Response.json({ version: '0.0.1', profile: 'nextcloud-34' })
    expect((await run(['doctor', '--port', port], { fetch: older })).out).toContain('is of ocs-mock 0.0.1')
    server.close()
  })
})

describe('waiting', () => {
  it('says nothing where nobody reads along, and leaves nothing behind', () => {
    let text = ''
    const output = {
      isTerminal: false,
      write: (more: string) => {
        text += more
      },
    }
    new Waiting(output, 'Waiting').end()
    new Waiting({ ...output, isTerminal: true }, 'Waiting').end()
    expect(text).toBe('')
  })
})
