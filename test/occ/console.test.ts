import { describe, expect, it } from 'vitest'
import type { OccOptions } from '#console/run.ts'
import { createOcsMock } from '#index.ts'

const run = (line: string, options?: OccOptions) => createOcsMock().occ(line, options)

describe('occ', () => {
  it('lists all commands when none is named', async () => {
    const { stdout, stderr, exitCode } = await run('')
    expect(stdout).toMatch(/^Nextcloud 34\.0\.1\n\nUsage:\n {2}command \[options\] \[arguments\]\n/)
    expect(stdout).toContain('\n app\n  app:disable  ')
    expect(stdout).toContain('\n  status  ')
    expect([stderr, exitCode]).toEqual(['', 0])
  })

  it('takes words, a text, and a leading occ', async () => {
    const ocs = createOcsMock()
    const expected = { stdout: 'Nextcloud 34.0.1\n', stderr: '', exitCode: 0 }
    expect(await ocs.occ(['--version'])).toEqual(expected)
    expect(await ocs.occ('occ -V')).toEqual(expected)
    expect(await ocs.occ('./occ --version status')).toEqual(expected)
  })

  it('finds commands by abbreviations of every part', async () => {
    expect((await run('st')).stdout).toContain('  - installed: true\n')
    const { stderr, exitCode } = await run('user:s')
    expect(stderr).toContain('Command "user:s" is ambiguous.')
    expect(stderr).toContain('user:setting')
    expect(exitCode).toBe(1)
  })

  it('says which command may have been meant, in a box on standard error', async () => {
    const { stdout, stderr, exitCode } = await run('user:lst -n')
    expect(stderr).toContain('Command "user:lst" is not defined.')
    expect(stderr).toContain('      user:list ')
    expect([stdout, exitCode]).toEqual(['', 1])
  })

  it('offers the only command that may have been meant, and runs it when told to', async () => {
    const no = await run('chek')
    expect(no.stdout).toContain('Do you want to run "check" instead?')
    expect(no.exitCode).toBe(1)
    expect((await run('chek', { stdin: 'yes\n' })).exitCode).toBe(0)
  })

  it('describes a namespace on standard error when it is all that was given', async () => {
    const { stderr, exitCode } = await run('group')
    expect(stderr).toContain('Available commands for the "group" namespace:\n  group:add ')
    expect(exitCode).toBe(1)
  })

  it('shows how a command is written below its errors', async () => {
    const { stderr, exitCode } = await run('app:enable')
    expect(stderr).toContain('  Not enough arguments (missing: "app-id").  ')
    expect(stderr).toContain('\n\napp:enable [-g|--groups GROUPS] [-f|--force] [--] <app-id>...\n\n')
    expect(exitCode).toBe(1)
  })

  it('wraps errors to the width of the terminal', async () => {
    const { stderr } = await run('list averyveryverylongnamespace', { env: { COLUMNS: '40' } })
    for (const line of stderr.split('\n').slice(0, 6)) expect(line.length).toBeLessThan(40)
    expect(stderr).toContain('  There are no commands defined in th  ')
  })

  it('is quiet with -q, errors apart', async () => {
    expect((await run('-q status')).stdout).toBe('')
    expect((await run('-q nosuch')).stderr).toContain('is not defined')
  })

  it('colours with --ansi', async () => {
    expect((await run('--ansi -V')).stdout).toBe('Nextcloud \x1b[32m34.0.1\x1b[39m\n')
    expect((await run('--ansi nosuch')).stderr).toContain('\x1b[37;41m')
  })

  it('describes a command with help, --help and in other formats', async () => {
    const help = await run('help status')
    expect(help.stdout).toContain('Usage:\n  status [options]\n\nOptions:\n      --output[=OUTPUT]  ')
    expect(await run('status -h')).toEqual(help)
    expect(JSON.parse((await run('help --format=json status')).stdout)).toMatchObject({
      name: 'status',
      usage: ['status [--output [OUTPUT]] [-e|--exit-code]'],
    })
    expect((await run('help --format=xml status')).stdout).toContain('<command id="status" name="status" hidden="0">')
    expect((await run('help --format=md status')).stdout).toMatch(/^`status`\n--------\n/)
    const rst = (await run('help --format=rst group:add')).stdout
    expect(rst).toMatch(/^group:add\n\.{9}\n\n/)
    expect(rst).toContain('\nArguments\n^^^^^^^^^\n\ngroupid\n\nOptions\n^^^^^^^\n\n\\-\\-display-name\n')
    const contents = (await run('list --format=rst tag')).stdout.split('Commands\n--------')[0]
    expect(contents).toMatch(/- `tag:list`_\n- `tag:delete`_\n- `tag:add`_/)
    expect((await run('help --format=pdf status')).stderr).toContain('Unsupported format "pdf".')
  })

  it('lists raw names, and one namespace', async () => {
    const { stdout } = await run('list --raw group')
    expect(stdout.split('\n')[0]).toMatch(/^group:add +Add a group$/)
    expect(stdout.trim().split('\n')).toHaveLength(6)
  })

  it('is loud about commands that the product has and the fake does not', async () => {
    const { stderr, exitCode } = await run('setupchecks')
    expect(stderr).toBe('ocs-mock does not implement "occ setupchecks", which Nextcloud 34.0.1 has.\n')
    expect(exitCode).toBe(70)
  })

  it('tells listeners what is written when it is written', async () => {
    const heard: string[] = []
    const { stdout } = await run('status', { onStdout: (text) => heard.push(text) })
    expect(heard.length).toBeGreaterThan(1)
    expect(heard.join('')).toBe(stdout)
  })
})
