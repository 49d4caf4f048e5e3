import { defineEndpoint, s } from '#app/index.ts'
import { clockTime, offsetOf } from '#lib/clock-time.ts'
import * as contacts from '#world/accounts/contacts.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import { zoneOf } from './profile.ts'
import * as profiles from './state/account-profiles.ts'

const action = s.object({ title: s.string(), icon: s.string(), hyperlink: s.string(), appId: s.string() })

/** What shows when the pointer rests on somebody's name: those are found that have a card in the address book of accounts. */
export const getUser = defineEndpoint({
  id: 'core-hover_card-get-user',
  app: 'core',
  method: 'GET',
  path: '/hovercard/v1/{userId}',
  access: 'user',
  summary: 'An account’s name and ways to reach it',
  output: s.object({ userId: s.string(), displayName: s.string(), actions: s.list(action) }),
  responses: { 404: s.empty() },
  probe: { userId: '$me' },
  handle: ({ input, me, world, request, ok, respond }) => {
    const user = users.find(world, input.userId)
    const card = user?.id === input.userId ? contacts.findAccount(world, user, me) : undefined
    if (!user || !card) return respond(404)
    const actions = actionsOf(world, request.baseUrl, { user, emails: card.emails, me })
    return ok({ userId: input.userId, displayName: card.name, actions })
  },
})

/** A way to reach somebody. */
export type ContactAction = Readonly<Record<'title' | 'icon' | 'hyperlink' | 'appId', string>>

/** Ways to reach somebody: who has an account has a profile and a clock as well. */
export function actionsOf(
  world: World,
  baseUrl: string,
  {
    user,
    emails,
    me,
  }: { readonly user: users.User | undefined; readonly emails: readonly string[]; readonly me: string },
): ContactAction[] {
  const icon = (name: string) => `${baseUrl}/core/img/actions/${name}.svg`
  const actions: ContactAction[] = []
  if (user && profiles.isEnabled(world, user)) {
    const hyperlink = profilePage(baseUrl, user)
    actions.push({ title: 'View profile', icon: icon('profile'), hyperlink, appId: 'profile' })
  }
  if (user) {
    const title = localTime(world, user, users.find(world, me))
    actions.push({ title, icon: icon('recent'), hyperlink: '#', appId: 'timezone' })
  }
  const byName = emails.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
  for (const email of byName) {
    actions.push({ title: email, icon: icon('mail'), hyperlink: `mailto:${email}`, appId: 'email' })
  }
  return actions
}

export const profilePage = (baseUrl: string, { id }: Pick<users.User, 'id'>): string =>
  `${baseUrl}/index.php/u/${encodeURIComponent(id)}`

/** What the clock says there, and how far it is ahead of the viewer's. */
function localTime(world: World, user: users.User, viewer: users.User | undefined): string {
  const now = world.clock.now()
  const zone = zoneOf(world, user)
  const ahead = offsetOf(zone, now) - offsetOf(viewer ? zoneOf(world, viewer) : 'UTC', now)
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 3600), Math.floor(Math.abs(ahead) / 60) % 60]
  const distance = `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}`
  const relation = ahead === 0 ? 'same time' : `${distance} ${ahead > 0 ? 'ahead' : 'behind'}`
  return `${clockTime(zone, now)} \u2022 ${relation}`
}
