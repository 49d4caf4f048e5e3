import { s } from '#lib/schema.ts'

/** An account. Its id keeps the case it was made with; look-ups ignore case. */
export interface User {
  readonly id: string
  readonly password: string
  /** What to call the account: the name it was given, or else its id. */
  readonly displayName: string
  /** Whether a name was ever given. Lists put accounts without one first. */
  readonly named: boolean
  readonly enabled: boolean
  /** Seconds since 1970; 0: never; -1: before the server kept it. */
  readonly firstLogin: number
  readonly lastLogin: number
  /** The address of the account, in lower case. */
  readonly email: string | null
  /** Where notifications go instead: one of the additional addresses. */
  readonly primaryEmail: string | null
  /** As it was given: `none`, `default`, `5 GB`. */
  readonly quota: string
  /** Empty: not set, so the server's default counts. */
  readonly language: string
  readonly locale: string
  readonly timezone: string
  readonly firstDayOfWeek: string
  /** Ids as they were given; nothing says that they exist. */
  readonly managers: readonly string[]
  readonly createdAt: number
  /** Grows with every account that gets a first address: who is found first by a shared one. 0: no address. */
  readonly emailOrder: number
  /** Grows with every account that is disabled for the first time: the order of those lists. 0: never. */
  readonly disabledOrder: number
}

/** What the record of an account looks like; the type says what its members mean. */
export const userRecord = s.object({
  id: s.string(),
  password: s.string(),
  displayName: s.string(),
  named: s.bool(),
  enabled: s.bool(),
  firstLogin: s.number(),
  lastLogin: s.number(),
  email: s.nullable(s.string()),
  primaryEmail: s.nullable(s.string()),
  quota: s.string(),
  language: s.string(),
  locale: s.string(),
  timezone: s.string(),
  firstDayOfWeek: s.string(),
  managers: s.list(s.string()),
  createdAt: s.number(),
  emailOrder: s.int(),
  disabledOrder: s.int(),
})
