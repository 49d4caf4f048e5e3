import { describe, expect, it } from 'vitest'
import * as users from '#world/accounts/users.ts'
import { formatSize, parseSize, quotaBytes, readQuota, storageOf } from '#world/files/quota.ts'
import * as config from '#world/settings/config.ts'
import { World } from '#world/world.ts'

describe('a size in words', () => {
  it.each([
    ['5 GB', 5 * 1024 ** 3],
    ['5g', 5 * 1024 ** 3],
    ['1.5 mb', 1572864],
    ['1e6', 1000000],
    ['1k', 1024],
    ['12 B', 12],
    ['job', 0],
    ['0x10', null],
    ['5 GB x', null],
    ['', null],
    ['5000 PB', 5.6294995342131e18],
  ])('"%s" has %j bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes)
  })

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1500, '1 KB'],
    [1048570, '1 MB'],
    [1572864, '1.5 MB'],
    [-1, '?'],
    [3 * 1024 ** 5, '3 PB'],
  ])('%d bytes are "%s"', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text)
  })
})

describe('a quota', () => {
  const instance = () => {
    const world = new World()
    const alice = users.add(world, { id: 'alice', password: 'x' })
    if (typeof alice === 'string') throw new Error(alice)
    return { world, alice }
  }

  it('is kept as people read it', () => {
    const { world } = instance()
    expect(['none', 'default', '1048576', '-1 B', '-1'].map((given) => readQuota(world, given))).toEqual([
      { quota: 'none' },
      { quota: 'default' },
      { quota: '1 MB' },
      { quota: 'none' },
      { quota: '?' },
    ])
  })

  it('is refused where it is none, too large, or unlimited against the rules', () => {
    const { world } = instance()
    config.setApp(world, 'files', 'max_quota', '1000')
    config.setApp(world, 'files', 'allow_unlimited_quota', '0')
    expect(['lots', '1 KB', 'none'].map((given) => readQuota(world, given))).toEqual([
      'invalid',
      'exceeds-maximum',
      'unlimited-forbidden',
    ])
  })

  it('is the default of the instance unless the account has its own', () => {
    const { world, alice } = instance()
    expect(quotaBytes(world, 'alice')).toBe(-3)
    config.setApp(world, 'files', 'default_quota', '1 KB')
    expect(quotaBytes(world, 'alice')).toBe(1024)
    users.setQuota(world, alice, '2 KB')
    expect(quotaBytes(world, 'alice')).toBe(2048)
  })

  it('is the first preset where nothing is unlimited', () => {
    const { world } = instance()
    config.setApp(world, 'files', 'allow_unlimited_quota', '0')
    expect(quotaBytes(world, 'alice')).toBe(1024 ** 3)
    config.setApp(world, 'files', 'quota_preset', 'default, none, 7 GB')
    expect(quotaBytes(world, 'alice')).toBe(7 * 1024 ** 3)
  })

  it('of zero limits nothing that is told', () => {
    const { world, alice } = instance()
    users.setQuota(world, alice, '0 B')
    expect(storageOf(world, users.find(world, 'alice')!)).toEqual({
      free: -3,
      used: 0,
      total: -3,
      relative: 0,
      quota: 0,
    })
  })
})
