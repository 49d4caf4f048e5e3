import { describe, expect, it } from 'vitest'
import { OcsMock } from '#index.ts'

/** What a command line says on standard output, in lines, and its exit code. */
async function occ(line: string, mock = new OcsMock({})) {
  const { stdout, exitCode } = await mock.occ(line)
  return { lines: stdout.trimEnd().split('\n'), exitCode }
}

const matched = async (line: string) => JSON.parse((await occ(`router:match ${line} --output=json`)).lines[0]!)[0]

describe('router:list', () => {
  it('has the routes of some apps, sorted by their names', async () => {
    const { lines } = await occ('router:list files_reminders --output=json')
    expect(JSON.parse(lines[0]!)).toMatchObject([
      { route: 'files_reminders.api.get', request: 'GET' },
      { route: 'files_reminders.api.remove', request: 'DELETE' },
      { route: 'files_reminders.api.set', request: 'PUT' },
    ])
  })

  it('has routes of apps that are enabled alone', async () => {
    const mock = new OcsMock({})
    const hasIt = async () => (await occ('router:list', mock)).lines.some((line) => line.includes('| user_status.'))
    expect(await hasIt()).toBe(true)
    await mock.occ('app:disable user_status')
    expect(await hasIt()).toBe(false)
    expect(await occ('router:list user_status', mock)).toEqual({
      lines: ['App user_status is not enabled'],
      exitCode: 1,
    })
  })
})

describe('router:match', () => {
  it.each([
    ['/apps/files/files/12', 'files.view.indexviewfileid'],
    ['/apps/files', 'files.view.index'],
    ['/ocs/v1.php/apps/files_sharing/api/v1/shares/7 --method=delete', 'ocs.files_sharing.shareapi.deleteshare'],
    ['/settings/admin', 'settings.adminsettings.index'],
    ['/settings/admin/sharing', 'settings.adminsettings.index'],
    ['/index.php/apps/files/api/v1/thumbnail/32/32/a/b.png', 'files.api.getthumbnail'],
    ['/s/abc/download', 'files_sharing.share.downloadshare'],
  ])('finds %s', async (line, route) => {
    expect((await matched(line)).route).toBe(route)
  })

  it.each([
    ['/apps/files/api/v1/thumbnail/32/32', 'Path not matched'],
    ['/ocs/v2.php/cloud/users --method=PATCH', 'Method not allowed on this path'],
    ['/ocs/v2.php/apps/files_reminders/api/v2/1', 'Path not matched'],
  ])('does not find %s', async (line, sentence) => {
    expect(await occ(`router:match ${line}`)).toEqual({ lines: [sentence], exitCode: 1 })
  })

  it('says that an app is not enabled', async () => {
    const { lines } = await occ('router:match /apps/user_ldap/ajax/x')
    expect(lines).toEqual(['Path not matched', '', 'App user_ldap is not enabled'])
  })
})

describe('_complete', () => {
  const asked = async (...words: readonly string[]) => {
    const typed = words.map((word) => `--input=${word}`).join(' ')
    const line = `_complete --shell=bash --api-version=1 --current=${words.length - 1} ${typed}`
    return (await occ(line)).lines
  }

  it('offers commands, and those of enabled apps alone', async () => {
    const names = await asked('occ', 'user:l')
    expect(names.slice(0, 4)).toEqual(['help', 'list', 'completion', 'status'])
    expect(names).toContain('user:list')
    expect(names).not.toContain('_complete')
    expect(names).not.toContain('ldap:search')
  })

  it('spells an abbreviation out, and offers options', async () => {
    expect(await asked('occ', 'sta')).toEqual(['status'])
    expect((await asked('occ', 'status', '--')).slice(0, 2)).toEqual(['--output', '--exit-code'])
  })
})
