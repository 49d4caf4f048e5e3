import { beforeAll, describe, expect, it } from 'vitest'
import { compose } from '#compose.ts'
import { profileMatrix } from '#profiles/matrix.ts'
import { type Change, changesBetween } from '../../scripts/changes/changes.ts'
import { rulesIn } from '../../scripts/changes/rules.ts'

let changes: readonly Change[]

beforeAll(async () => {
  changes = await changesBetween(compose().catalogue, profileMatrix('nextcloud'), rulesIn(process.cwd()))
})

const to = (version: string, where: string) =>
  changes.filter(({ newer, where: at }) => newer === version && at === where).map(({ what }) => what)

describe('the table of changes between releases', () => {
  it('names operations that are new, and those that are gone', () => {
    expect(to('34.0.1', 'PATCH /cloud/users/{userId}')).toEqual(['is new'])
    expect(to('33.0.0', 'GET /core/whatsnew')).toEqual(['is gone'])
  })

  it('names members of answers, also where they are deep in them', () => {
    expect(to('32.0.2', 'GET /cloud/user')[0]).toContain('`pronouns`')
  })

  it('names what a parameter was before', () => {
    expect(to('34.0.1', 'POST /apps/notifications/api/{apiVersion:(v2)}/settings')).toEqual([
      'the parameter `batchSetting` is `int from 0 to 4`, before `int`',
    ])
    expect(to('34.0.1', 'GET /cloud/users')).toEqual(['the parameter `limit` has to be from 1 to 500'])
  })

  it('names failures that came, that went, and that are told in other words', () => {
    expect(to('34.0.1', 'GET /cloud/apps')).toEqual(['says “Invalid filter” with 101, before “”'])
    expect(to('32.0.2', 'PUT /cloud/users/{userId}')).toEqual(
      expect.arrayContaining(['fails with 113 too', 'fails with 103 no more']),
    )
  })

  it('names rules, by what they decide', () => {
    expect(to('34.0.1', 'rule in apps')).toContain('Whether an empty filter is none. Now `false`, before `true`')
    expect(to('32.0.2', 'rule in authorize')).toContain(
      "What the product calls who is logged in. Now `'account'`, before `'user'`",
    )
  })

  it('tells nothing of releases that only documents tell of', () => {
    expect(new Set(changes.map(({ newer }) => newer))).toEqual(new Set(['34.0.1', '33.0.0', '32.0.2']))
  })

  it('does not call an app new where the older release was measured without all of its apps', () => {
    expect(
      changes.filter(({ newer, where }) => newer === '32.0.2' && where === 'apps').map(({ app }) => app),
    ).not.toContain('activity')
    expect(
      changes.filter(({ newer, where }) => newer === '34.0.1' && where === 'apps').map(({ app }) => app),
    ).toContain('appstore')
  })
})
