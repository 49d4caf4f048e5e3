import { defineEndpoint, p, s } from '#app/index.ts'
import { isTimezone, offsetOf } from '#lib/clock-time.ts'
import type { PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import * as users from '#world/accounts/users.ts'
import { getSystemString } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import * as profiles from './state/account-profiles.ts'

const text = () => s.nullable(s.string())

/** What someone shows of themselves to whoever asks. */
export const getProfileFields = defineEndpoint({
  id: 'core-profile_api-get-profile-fields',
  app: 'core',
  method: 'GET',
  path: '/profile/{targetUserId}',
  since: 32,
  access: 'user',
  summary: 'What an account tells about itself',
  output: s.object({
    userId: s.string(),
    address: text(),
    isUserAvatarVisible: s.bool(),
    biography: text(),
    displayname: text(),
    headline: text(),
    organisation: text(),
    role: text(),
    pronouns: text(),
    actions: s.list(s.object({ id: s.string(), icon: s.string(), title: s.words(), target: s.string() })),
    timezone: s.string(),
    timezoneOffset: s.int(),
  }),
  responses: { 400: s.null(), 404: s.null() },
  probe: { targetUserId: '$me' },
  notImplemented: ['Accounts that are known by their telephone numbers'],
  handle: ({ input, me, world, request, ok, respond }) => {
    const user = users.find(world, input.targetUserId)
    if (!user?.enabled) return respond(404, null)
    if (!profiles.isEnabled(world, user)) return respond(400, null)
    if (user.id !== me && !profiles.mayKnow(world, me, user)) return respond(404, null)
    const shown = (field: string) => profiles.shownValue(world, user, field, me)
    const timezone = zoneOf(world, user)
    return ok({
      userId: user.id,
      address: shown('address'),
      isUserAvatarVisible: profiles.isVisible(world, user, 'avatar', me),
      biography: shown('biography'),
      displayname: shown('displayname'),
      headline: shown('headline'),
      organisation: shown('organisation'),
      role: shown('role'),
      pronouns: shown('pronouns'),
      actions: profiles
        .links(world, user)
        .filter(({ id }) => profiles.isVisible(world, user, id, me))
        .map((link) => formatLink(link, request.baseUrl)),
      timezone,
      timezoneOffset: offsetOf(timezone, world.clock.now()),
    })
  },
})

/** The account's time zone, the server's, or UTC. */
export function zoneOf(world: World, user: users.User): string {
  const zone = user.timezone || getSystemString(world, 'default_timezone', 'UTC')
  return isTimezone(zone) ? zone : 'UTC'
}

const LINKS: Readonly<Record<profiles.ProfileLink['id'], { icon: string; title(shown: string): string }>> = {
  email: { icon: 'mail', title: (shown) => `Mail ${shown}` },
  phone: { icon: 'phone', title: (shown) => `Call ${shown}` },
  website: { icon: 'timezone', title: (shown) => `Visit ${shown}` },
  twitter: { icon: 'twitter', title: (shown) => `View ${shown} on Twitter` },
  fediverse: { icon: 'mastodon', title: (shown) => `View ${shown} on the fediverse` },
  bluesky: { icon: 'bluesky', title: (shown) => `View ${shown} on Bluesky` },
}

function formatLink({ id, shown, target }: profiles.ProfileLink, baseUrl: string): PhpArray {
  const { icon, title } = LINKS[id]
  return { id, icon: `${baseUrl}/core/img/actions/${icon}.svg`, title: title(shown), target }
}

const UNKNOWN_FIELD = 'Account does not have a profile parameter with ID: '
const WHOSE = byRelease('User', { 32: 'Account' })

/** Whether callers are told that an account does not exist before they are told that it is none of their business. */
const SAYS_WHO_IS_THERE = byRelease(true, { 32: false })

export const setVisibility = defineEndpoint({
  id: 'core-profile_api-set-visibility',
  app: 'core',
  method: 'PUT',
  path: '/profile/{targetUserId}',
  access: 'user',
  passwordConfirmation: true,
  summary: 'Say who sees one of your profile’s fields',
  input: {
    paramId: p.string().describe('The field: `email`, `address` …'),
    visibility: p.string().oneOf('show', 'show_users_only', 'hide'),
  },
  output: s.empty(),
  failures: {
    400: byRelease('User does not have a profile parameter with ID: ', { 32: UNKNOWN_FIELD }),
    403: byRelease('Users can only edit their own visibility settings', {
      32: 'People can only edit their own visibility settings',
    }),
    404: byRelease<string | null>('User does not exist', { 32: null }),
  },
  handle: ({ input, me, world, ok, fail }) => {
    if (SAYS_WHO_IS_THERE.at(world.release) && !users.find(world, input.targetUserId)) return fail(404)
    const user = input.targetUserId === me ? users.find(world, me) : undefined
    if (!user) return fail(403)
    return profiles.setVisibility(world, user, input.paramId, input.visibility) === 'unknown'
      ? fail(400, `${WHOSE.at(world.release)} does not have a profile parameter with ID: ${input.paramId}`)
      : ok()
  },
})
