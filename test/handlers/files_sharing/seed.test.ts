import { describe, expect, it } from 'vitest'
import { createOcsMock, type Seed } from '#index.ts'
import { runDueJobs } from '#world/background-jobs.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'

const PEOPLE: Seed = {
  users: [{ id: 'alice' }, { id: 'bob', groups: ['staff'] }],
  files: { alice: { '/dir/a.txt': 'a' } },
}
const withShares = (list: unknown) => createOcsMock({ seed: { ...PEOPLE, shares: list } as Seed }).world
const LINK = { type: 'link', owner: 'alice', path: '/dir' }

describe('shares of a seed', () => {
  it('are those of the first day', () => {
    const world = withShares([
      { ...LINK, token: 'my-link', password: 'pw', label: 'L', note: 'N', hideDownload: true, expires: '2030-01-02' },
      { type: 'user', owner: 'alice', path: '/dir', with: 'bob', permissions: 1 },
      { type: 'group', owner: 'alice', path: '/dir/a.txt', with: 'staff', accepted: false },
      { type: 'email', owner: 'alice', path: '/dir/a.txt', with: 'x@example.org', expires: '2030-01-02T10:00:00Z' },
    ])
    expect(shares.findByToken(world, 'my-link')).toMatchObject({
      id: 1,
      permissions: 17,
      password: 'pw',
      label: 'L',
      note: 'N',
      hideDownload: true,
      expiresAt: Date.UTC(2030, 0, 2, 23, 59, 59) / 1000,
    })
    expect(files.resolve(world, 'bob', '/dir/a.txt')?.permissions).toBe(1)
    expect(files.resolve(world, 'bob', '/a.txt')).toBeUndefined()
    expect([...world.table(shares.sharesTable).values()].at(-1)?.expiresAt).toBe(Date.UTC(2030, 0, 2, 10) / 1000)
  })

  it('may be over already, and then are gone before the first answer', () => {
    const world = withShares([{ ...LINK, token: 'old', expires: '2001-01-01' }])
    expect(shares.findByToken(world, 'old')).toBeUndefined()
    expect(shares.find(world, 1)).toBeDefined()
    runDueJobs(world)
    expect(shares.find(world, 1)).toBeUndefined()
  })

  it.each([
    [{ ...LINK, owner: 'nobody' }, /shares\[0\]\.owner: there is no account "nobody"/],
    [{ ...LINK, path: '/nosuch' }, /shares\[0\]\.path: alice has no "\/nosuch"/],
    [{ ...LINK, type: 'user' }, /shares\[0\]\.with: this is missing/],
    [{ ...LINK, type: 'user', with: 'nobody' }, /shares\[0\]\.with: there is no account "nobody"/],
    [{ ...LINK, type: 'group', with: 'nosuch' }, /shares\[0\]\.with: there is no group "nosuch"/],
    [{ ...LINK, type: 'user', with: 'alice' }, /shares\[0\]: this share cannot be: with-yourself/],
    [{ ...LINK, token: 'not good' }, /shares\[0\]\.token: a token has letters/],
    [{ ...LINK, expires: 'soon' }, /shares\[0\]\.expires: "soon" is no date/],
    [{ ...LINK, type: 'carrier pigeon' }, /shares\[0\]\.type/],
  ])('name the place of a mistake: %j', (seed, message) => {
    expect(() => withShares([seed])).toThrow(message)
  })
})
