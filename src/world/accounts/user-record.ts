import { s } from '#lib/schema.ts'

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
