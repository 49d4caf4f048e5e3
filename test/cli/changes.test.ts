import { describe, expect, it } from 'vitest'
import { changes } from '#cli/changes.ts'
import { recordedIo } from '../support/command-io.ts'

async function search(...args: string[]): Promise<string> {
  const io = recordedIo()
  expect(await changes.run(args, io)).toBe(0)
  return io.text.out
}

describe('ocs-mock changes', () => {
  it('finds what has all words, under the release that brought it', async () => {
    const text = await search('limit', '/STATUSES')
    expect(text).toMatch(/^Nextcloud 34\.0\.1, since 33\.0\.0\n/)
    expect(text).toContain('GET /apps/user_status/api/v1/statuses')
    const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('Nextcloud '))
    expect(rows.filter((row) => !/limit/i.test(row) || !/\/statuses/.test(row))).toEqual([])
  })

  it('tells what changed between two releases, of one app', async () => {
    const rows: unknown = JSON.parse(
      await search('--from', '27', '--to', 'nextcloud-32', '--app', 'files_sharing', '--json'),
    )
    expect(rows).toContainEqual(
      expect.objectContaining({ app: 'files_sharing', newer: '32.0.2', older: '27.1.10 RC1' }),
    )
    expect(new Set((rows as { newer: string; app: string }[]).map(({ newer, app }) => `${newer} ${app}`)).size).toBe(1)
  })

  it('says where nothing changed, and which releases and apps it knows', async () => {
    await expect(search('xyzzy')).rejects.toThrow('Nothing is known to have changed with xyzzy from 27 to 34.')
    await expect(search('--from', '12')).rejects.toThrow('Releases that were measured: 27, 32, 33, 34.')
    await expect(search('--app', 'file_sharing')).rejects.toThrow('Did you mean "files_sharing"')
  })
})
