import { describe, expect, it } from 'vitest'
import { createOcsMock, type Seed } from '#index.ts'
import { SeedError } from '#lib/errors.ts'
import { seedJsonSchema } from '#world/seed.ts'
import { shipped } from '../support/catalogue.ts'

function mistake(seed: unknown): SeedError {
  try {
    createOcsMock({ seed: seed as Seed })
  } catch (error) {
    if (error instanceof SeedError) return error
    throw error
  }
  throw new Error('The seed was taken.')
}

describe('a mistake in a seed', () => {
  it('names the member that there is not', () => {
    expect(mistake({ user: [] }).message).toMatch(
      /^Failed to seed user: there is no such member. Did you mean "users"\? A seed has clock, random, apps/,
    )
  })

  it('guesses what was meant, in members of members and among apps too', () => {
    expect(mistake({ users: [{ id: 'a', emial: 'a@example.org' }] }).message).toBe(
      'Failed to seed users[0].emial: there is no such member. Did you mean "email"?',
    )
    expect(mistake({ apps: { enabled: ['files_externl'] } }).message).toBe(
      'Failed to seed apps.enabled[0]: there is no app "files_externl". Did you mean "files_external"?',
    )
  })

  it('names the place of a value of the wrong kind', () => {
    const error = mistake({ users: [{ id: 'a' }, { id: 'b', quota: 5 }] })
    expect(error.place).toEqual(['users', 1, 'quota'])
    expect(error.message).toBe('Failed to seed users[1].quota: expected string, found integer 5.')
  })

  it('names a member that is missing and others that are wrong', () => {
    expect(mistake({ users: [{ password: 'x', quotta: '1 GB' }] }).message).toBe(
      'Failed to seed users[0].id: this is missing. Also wrong: users[0].quotta.',
    )
  })

  it('names the place of a value that the world refuses', () => {
    expect(mistake({ users: [{ id: 'ok' }, { id: 'ok' }] }).place).toEqual(['users', 1, 'id'])
    expect(mistake({ clock: { now: 'tomorrow' } }).place).toEqual(['clock', 'now'])
    expect(mistake({ files: { nobody: {} } }).message).toMatch(/^Failed to seed files\.nobody: there is no account/)
    expect(mistake({ files: { admin: { '/a b.txt': {} } } }).message).toMatch(
      /^Failed to seed files\.admin\["\/a b\.txt"\]: it has no content/,
    )
  })

  it.each([[null], [[]], ['users'], [5]])('is told of %j, which is no seed at all', (seed) => {
    expect(() => createOcsMock().reset(seed as unknown as Seed)).toThrow(/^Failed to seed the world/)
  })

  it('leaves the world as it was when it comes with a reset', () => {
    const ocs = createOcsMock()
    const before = ocs.world.dump()
    expect(() => ocs.reset({ users: [{ id: 'a' }, { id: 'a' }] })).toThrow(SeedError)
    expect(ocs.world.dump().tables).toEqual(before.tables)
  })
})

describe('a seed', () => {
  it('may say undefined for what it leaves out', () => {
    const seed = { users: [{ id: 'a', email: undefined }] } as unknown as Seed
    expect(() => createOcsMock({ seed })).not.toThrow()
  })

  it('gives no id twice: a sequence cannot begin below what it gave already', () => {
    expect(() => createOcsMock({ seed: { counters: { file: 0 } } })).toThrow(/counters\.file: 0 is below \d+/)
    expect(() => createOcsMock({ seed: { counters: { file: 1e300 } } })).toThrow(/Write that or more/)
  })

  it('is described by a JSON Schema', () => {
    const { properties } = seedJsonSchema(shipped.catalogue.rules.seedMembers) as {
      properties: Record<string, unknown>
    }
    expect(Object.keys(properties)).toContain('users')
    expect(properties.random).toEqual({ type: 'integer', description: 'the seed of everything random' })
  })
})
