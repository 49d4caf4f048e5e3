import { Faker } from '@faker-js/faker'
// By its own address the locale stays out of what every start loads.
import { faker as english } from '@faker-js/faker/locale/en'
import type { UserSeed } from '#world/accounts/seed.ts'

/** How many accounts are made up, and from what. */
export interface FakeAccountsOptions {
  readonly accounts: number
  /** Default: one for each hundred accounts. */
  readonly groups?: number
  /** Default: 1. */
  readonly random?: number
  /** Of all of them; without it, each account's id. */
  readonly password?: string
}

const ACCOUNTS_PER_GROUP = 100
const QUOTAS = ['default', 'default', 'default', '1 GB', '5 GB', 'none']

/** A seed with made-up people: the same numbers give the same people. */
export function fakeAccounts(options: FakeAccountsOptions): {
  readonly groups: readonly string[]
  readonly users: readonly UserSeed[]
} {
  const faker = new Faker({ locale: english.rawDefinitions, seed: options.random ?? 1 })
  const groups = groupNames(faker, options.groups ?? Math.ceil(options.accounts / ACCOUNTS_PER_GROUP))
  const taken = new Set<string>()
  const users = Array.from({ length: options.accounts }, () => fakeAccount(faker, options, groups, taken))
  return { groups, users }
}

function fakeAccount(
  faker: Faker,
  { password }: FakeAccountsOptions,
  groups: readonly string[],
  taken: Set<string>,
): UserSeed {
  const firstName = faker.person.firstName()
  const lastName = faker.person.lastName()
  const id = freeId(`${firstName}.${lastName}`.toLowerCase().replace(/[^a-z.]/g, ''), taken)
  return {
    id,
    displayName: `${firstName} ${lastName}`,
    email: `${id}@example.com`,
    quota: faker.helpers.arrayElement(QUOTAS),
    organisation: faker.company.name(),
    role: faker.person.jobTitle(),
    ...(password === undefined ? {} : { password }),
    ...(groups.length === 0 ? {} : { groups: faker.helpers.arrayElements(groups, { min: 1, max: 2 }) }),
  }
}

function groupNames(faker: Faker, wanted: number): string[] {
  const taken = new Set<string>()
  return Array.from({ length: wanted }, () => freeId(faker.commerce.department(), taken))
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted
  for (let n = 2; taken.has(id); n++) id = `${wanted}${n}`
  taken.add(id)
  return id
}
