import { policyText, quotaText } from '#app/problem-texts.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'
import { ownMember } from '#lib/own-member.ts'
import { trim } from '#lib/php.ts'
import { regions } from '#profiles/keys.ts'
import * as accounts from '#world/accounts/accounts.ts'
import { isEmail } from '#world/accounts/email.ts'
import { remember } from '#world/accounts/password-policy.ts'
import { setAccountField } from '#world/accounts/phone-reader.ts'
import * as users from '#world/accounts/users.ts'
import { readQuota } from '#world/files/quota.ts'
import type { UserDataContext } from './user-data.ts'

/**
 * Why a field was not changed; `crash` is an exception that only some operations catch.
 * `inAllReleases`: the code is that of older releases too, which had other ones for the rest.
 */
export type EditFailure =
  | { readonly code: number; readonly message: string; readonly inAllReleases?: true }
  | { readonly crash: string }

/** What editors need to know about the request. */
export type EditContext = Pick<UserDataContext, 'world' | 'profile'>

type Editor = (context: EditContext, user: users.User, value: string) => MaybePromise<EditFailure | null>

const invalid = (message: string): EditFailure => ({ code: 101, message })

/** Change one field of an account, whoever may do that. */
export async function editField(
  context: EditContext,
  user: users.User,
  key: string,
  value: string,
): Promise<EditFailure | null> {
  if (key.endsWith('Scope')) return editScope(context, user, key.slice(0, -'Scope'.length), value)
  return (ownMember(EDITORS, key) ?? editAccount(key))(context, user, value)
}

const EDITORS: Readonly<Record<string, Editor>> = {
  display: editName,
  displayname: editName,
  quota({ world }, user, value) {
    const read = readQuota(world, value)
    if (typeof read === 'string') return invalid(quotaText(read, value, world))
    if (read.quota === '?') return { crash: 'Failed to set quota to invalid value ?' }
    users.setQuota(world, user, read.quota)
    return null
  },
  manager({ world }, user, value) {
    users.setManagers(world, user, [value])
    return null
  },
  password: editPassword,
  async language({ world, profile }, user, value) {
    const { languages } = await regions.load(profile)
    if (!languages.includes(value)) return invalid('Invalid language')
    users.patch(world, user.id, { language: value })
    return null
  },
  async locale({ world, profile }, user, value) {
    const { locales } = await regions.load(profile)
    if (!locales.includes(value)) return invalid('Invalid locale')
    users.patch(world, user.id, { locale: value })
    return null
  },
  async timezone({ world, profile }, user, value) {
    const { timezones } = await regions.load(profile)
    if (!timezones.includes(value)) return invalid('Invalid timezone')
    users.patch(world, user.id, { timezone: value })
    return null
  },
  first_day_of_week({ world }, user, value) {
    const day = Number.parseInt(value, 10) || 0
    if (day < -1 || day > 6) return invalid('Invalid first day of week')
    users.patch(world, user.id, { firstDayOfWeek: day === -1 ? '' : value })
    return null
  },
  notify_email({ world }, user, value) {
    if (value !== '' && !isEmail(value)) return invalid('')
    return accounts.setPrimaryEmail(world, user, value) === 'set' ? null : invalid('')
  },
  email({ world }, user, value) {
    const email = trim(value).toLowerCase()
    if (email !== '' && !isEmail(email)) return invalid('')
    users.setEmail(world, user, email)
    return null
  },
  additional_mail({ world }, user, value) {
    const email = trim(value).toLowerCase()
    const isNew = email !== user.email && !accounts.mails(world, user).some((mail) => mail.value === email)
    if (!isEmail(email) || !isNew) return invalid('')
    accounts.addMail(world, user, email)
    return null
  },
}

function editName({ world }: EditContext, user: users.User, value: string): EditFailure | null {
  const isTooLong = users.setDisplayName(world, user, value) === 'too-long'
  return isTooLong ? { code: 101, message: 'Invalid displayname', inAllReleases: true } : null
}

/** Set a password that the policy accepts. */
export async function editPassword(context: EditContext, user: users.User, value: string): Promise<EditFailure | null> {
  if (users.isPasswordTooLong(value)) return invalid('Invalid password value')
  const refused = await policyText(context, value, user.id)
  if (refused !== null) return { code: 107, message: refused }
  users.setPassword(context.world, user, value)
  remember(context.world, user.id, value)
  return null
}

const editAccount =
  (field: string): Editor =>
  async ({ world }, user, value) => {
    if ((await setAccountField(world, user, field, value)) === 'set') return null
    return field === 'profile_enabled' ? { crash: field } : invalid(`Invalid ${field}`)
  }

/** An unknown scope is told twice, one that the field cannot have once (Nextcloud 34.0.1, asked). */
function editScope({ world }: EditContext, user: users.User, field: string, value: string): EditFailure | null {
  if (accounts.property(world, user, field).scope === value) return null
  switch (accounts.setScope(world, user, field, value)) {
    case 'set':
      return null
    case 'unknown':
      return invalid('Invalid Invalid scope')
    case 'never-private':
      return invalid('Invalid scope')
  }
}
