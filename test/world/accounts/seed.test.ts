import { describe, expect, it } from 'vitest'
import { createOcsMock, type Seed } from '#index.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'

const seeded = (seed: Seed) => createOcsMock({ seed }).world

describe('a seed of users', () => {
  it('knows every field of an account', () => {
    const world = seeded({
      users: [
        {
          id: 'Alice',
          displayName: 'Alice A.',
          email: 'Alice@Example.org',
          additionalMails: ['two@example.org', { address: 'three@example.org', verified: true, scope: 'v2-published' }],
          notifyEmail: 'three@example.org',
          quota: '1024 KB',
          language: 'de',
          locale: 'de_DE',
          timezone: 'Europe/Berlin',
          firstDayOfWeek: 1,
          manager: 'bob',
          enabled: false,
          groups: ['staff'],
          subAdminOf: ['staff'],
          lastLogin: 1_700_000_000,
          phone: '+49 711 252428',
          twitter: '@alice',
          profileEnabled: false,
          scopes: { phone: 'v2-private' },
        },
      ],
    })
    const alice = users.find(world, 'alice')!
    expect(alice).toMatchObject({
      id: 'Alice',
      password: 'Alice',
      displayName: 'Alice A.',
      email: 'alice@example.org',
      primaryEmail: 'three@example.org',
      quota: '1 MB',
      language: 'de',
      locale: 'de_DE',
      timezone: 'Europe/Berlin',
      firstDayOfWeek: '1',
      managers: ['bob'],
      enabled: false,
      firstLogin: 1_700_000_000,
      lastLogin: 1_700_000_000,
    })
    expect(accounts.property(world, alice, 'phone')).toEqual({ value: '+49711252428', scope: 'v2-private' })
    expect(accounts.property(world, alice, 'twitter').value).toBe('alice')
    expect(accounts.property(world, alice, 'profile_enabled').value).toBe('0')
    expect(accounts.mails(world, alice).map((mail) => mail.scope)).toEqual(['v2-local', 'v2-published'])
    expect(groups.groupsOf(world, 'Alice')).toEqual(['staff'])
    expect(groups.subAdminsOf(world, 'staff')).toEqual(['Alice'])
  })

  it('changes accounts that exist already', () => {
    const world = seeded({ users: [{ id: 'ADMIN', email: 'root@example.org' }] })
    expect(users.find(world, 'admin')).toMatchObject({ id: 'admin', password: 'admin', email: 'root@example.org' })
    expect(users.count(world)).toBe(1)
  })

  it('has groups with names, members and sub-administrators', () => {
    const world = seeded({
      users: [{ id: 'alice', groups: ['staff'] }, { id: 'bob' }],
      groups: ['empty', { id: 'staff', displayName: 'Staff', members: ['BOB'], subAdmins: ['bob'] }],
    })
    expect(groups.search(world).map((group) => group.displayName)).toEqual(['admin', 'empty', 'Staff'])
    expect(groups.members(world, 'staff')).toEqual(['alice', 'bob'])
    expect(groups.isSubAdminOf(world, 'staff', 'bob')).toBe(true)
  })
})

describe('a mistake in a seed of users', () => {
  it.each<[seed: Seed, message: string]>([
    [{ users: [{ id: 'a' }, { id: 'A' }] }, 'users[1].id: there is another "A" in this list.'],
    [{ users: [{ id: 'a b!' }] }, "users[0].id: it may have a-z, A-Z, 0-9, blanks and _.@-' only."],
    [{ users: [{ id: 'a', email: 'a@b.cd' }, { id: 'a@b.cd' }] }, 'users[1].id: it is the address of "a".'],
    [{ users: [{ id: 'a', displayName: 'x'.repeat(65) }] }, 'users[0].displayName: a name has 64 characters at most.'],
    [{ users: [{ id: 'a', email: 'a' }] }, 'users[0].email: "a" is no address.'],
    [{ users: [{ id: 'a', additionalMails: ['a'] }] }, 'users[0].additionalMails[0]: "a" is no address.'],
    [
      { users: [{ id: 'a', notifyEmail: 'a@b.cd' }] },
      'users[0].notifyEmail: "a@b.cd" is none of the verified additional mails.',
    ],
    [
      { users: [{ id: 'a', quota: 'lots' }] },
      'users[0].quota: "lots" is no quota that can be set. Write "none", "default" or "5 GB".',
    ],
    ...['123', 'telephone', '0711 252428', '+49 (0)711 252428', '+49 711', '+0711252428'].map(
      (phone): [object, string] => [
        { users: [{ id: 'a', phone }] },
        `users[0].phone: "${phone}" is no number in international form. Write it as "+49 711 252428".`,
      ],
    ),
    [
      { users: [{ id: 'a', scopes: { email: 'v2-private' } }] },
      'users[0].scopes.email: this field cannot be v2-private.',
    ],
    [{ users: [{ id: 'a', groups: [''] }] }, 'users[0].groups[0]: an id cannot be empty.'],
    [
      { users: [{ id: 'a', subAdminOf: ['admin'] }] },
      'users[0].subAdminOf[0]: the group "admin" has no sub-administrators.',
    ],
    [
      { groups: [{ id: 'g', members: ['nobody'] }] },
      'groups[0].members[0]: there is no account "nobody". Seed it under "users".',
    ],
    [{ groups: [{ id: 'g', displayName: ' ' }] }, 'groups[0].displayName: a name cannot be empty.'],
  ])('%# names its place', (seed, message) => {
    expect(() => seeded(seed)).toThrow(`Failed to seed ${message}`)
  })

  it('names scopes of fields that there are not', () => {
    const seed = { users: [{ id: 'a', scopes: { colour: 'v2-local' } }] } as Seed
    expect(() => seeded(seed)).toThrow(/^Failed to seed users\[0\]\.scopes\.colour: there is no such field/)
  })
})
