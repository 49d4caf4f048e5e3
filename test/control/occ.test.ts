import { describe, expect, it } from 'vitest'
import { Control } from './support.ts'

describe('the command line', () => {
  it('runs on the selected world', async () => {
    const control = new Control()
    const headers = { 'x-ocs-mock-world': 'mine' }
    const { status, body } = await control.ask('POST', '/occ', { json: { args: ['group:add', 'crew'] }, headers })
    expect(status).toBe(200)
    expect(body).toEqual({ stdout: 'Created group "crew"\n', stderr: '', exitCode: 0 })
    expect(await control.groups(headers)).toContain('crew')
    expect(await control.groups()).not.toContain('crew')
  })

  it('takes one text, an environment and standard input', async () => {
    const control = new Control()
    const env = { OC_PASS: 'Corr3ct-h0rse!' }
    const added = await control.ask('POST', '/occ', { json: { args: 'user:add --password-from-env alice', env } })
    expect(added.body.exitCode).toBe(0)
    const stdin = 'N3w-passw0rd!\nN3w-passw0rd!\n'
    const reset = await control.ask('POST', '/occ', { json: { args: 'user:resetpassword alice', stdin } })
    expect(reset.body.stdout).toBe('Successfully reset password for alice\n')
  })

  it('says what a terminal has to answer', async () => {
    const { body } = await new Control().ask('POST', '/occ', { json: { args: 'user:add alice', answers: [] } })
    expect(body.prompt).toEqual({ question: 'Enter password: ', hidden: true })
  })

  it.each([
    [{}, '"args" is not a text or a list of words'],
    [{ args: [1] }, '"args" is not'],
    [{ args: 'status', env: { A: 1 } }, '"env" is not an object of texts'],
    [{ args: 'status', stdin: 1 }, '"stdin" is not a text'],
    [{ args: 'status', answers: 'yes' }, '"answers" is not a list of texts'],
    [{ args: 'user:add "alice' }, 'a " is not closed'],
    [{ command: 'status' }, '"command" is unknown'],
  ])('refuses %j', async (json, problem) => {
    const { status, body } = await new Control().ask('POST', '/occ', { json })
    expect(status).toBe(400)
    expect(body.error).toContain(problem)
  })
})
