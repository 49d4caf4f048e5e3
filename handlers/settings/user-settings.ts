import { defineRoute, type RouteArguments } from '#app/index.ts'
import { json, openPageSession } from '#handlers/core/api.ts'
import type { JsonObject } from '#lib/json.ts'
import * as accounts from '#world/accounts/accounts.ts'
import { isEmail } from '#world/accounts/email.ts'
import { setAccountField } from '#world/accounts/phone-reader.ts'
import * as users from '#world/accounts/users.ts'

/** What the form has, in the order in which its answer tells it. The picture has only a scope. */
const FIELDS = [
  'avatar',
  'displayname',
  'phone',
  'email',
  'website',
  'address',
  'twitter',
  'bluesky',
  'fediverse',
  'birthdate',
  'pronouns',
] as const

const PROBLEMS: Readonly<Record<string, string>> = {
  displayname: 'Unable to change full name',
  phone: 'Unable to set invalid phone number',
  website: 'Unable to set invalid website',
}

/** The form of the personal settings: many fields at once, of whoever is logged in, whoever the address names. */
export const setUserSettings = defineRoute({
  id: 'settings-users-set-user-settings',
  app: 'settings',
  methods: ['PUT'],
  path: '/index.php/settings/users/{username}/settings',
  identify: true,
  summary: 'Change what the own account says of itself, and who may see it',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true, recentPassword: true })
    const { world, actor } = args
    const { parameters } = session
    const error = (status: number, message: string) => json(status, { status: 'error', data: { message } }, session)
    const email = textOf(parameters, 'email')
    if (email && !isEmail(email)) return error(422, 'Invalid mail address')
    const userId = actor.userId!
    for (const field of FIELDS) {
      const problem = await change(args, users.find(world, userId)!, field, parameters)
      if (problem !== null) return error(200, problem)
    }
    const data = { userId, ...told(args, users.find(world, userId)!), message: 'Settings saved' }
    return json(200, { status: 'success', data }, session)
  },
})

const textOf = (parameters: JsonObject, name: string): string | null => {
  const value = parameters[name]
  return typeof value === 'string' ? value : null
}

/** Change one field as far as the form says something of it; the answer is what is wrong. */
async function change(
  { world }: RouteArguments,
  user: users.User,
  field: (typeof FIELDS)[number],
  parameters: JsonObject,
): Promise<string | null> {
  const scope = textOf(parameters, `${field}Scope`)
  if (scope !== null && accounts.setScope(world, user, field, scope) !== 'set') return 'Some account data was invalid'
  const value = field === 'avatar' ? null : textOf(parameters, field)
  if (value === null) return null
  if (field === 'email') {
    if (value.toLowerCase() !== (user.email ?? '')) users.setEmail(world, user, value.toLowerCase())
    return null
  }
  const outcome =
    field === 'displayname'
      ? users.setDisplayName(world, user, value)
      : await setAccountField(world, user, field, value)
  const isWrong = outcome === 'invalid' || outcome === 'too-long'
  return isWrong ? (PROBLEMS[field] ?? 'Some account data was invalid') : null
}

function told({ world }: RouteArguments, user: users.User): JsonObject {
  return Object.fromEntries(
    FIELDS.flatMap((field) => [
      ...(field === 'avatar' ? [] : [[field, accounts.property(world, user, field).value] as const]),
      [`${field}Scope`, accounts.property(world, user, field).scope] as const,
    ]),
  )
}
