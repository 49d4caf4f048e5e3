import { clockTime, offsetOf } from '#lib/clock-time.ts'
import type { Contact } from '#world/accounts/contacts.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import { zoneOf } from './profile.ts'
import * as profiles from './state/account-profiles.ts'

/** A way to reach somebody. */
export interface ContactAction {
  readonly title: string
  readonly icon: string
  readonly hyperlink: string
  readonly appId: string
}

/** What can be done about somebody who has a card: the profile, the local time, the addresses. */
export function contactActions(
  world: World,
  baseUrl: string,
  viewer: string,
  card: Contact,
  user: users.User | undefined,
): ContactAction[] {
  const icon = (name: string) => `${baseUrl}/core/img/actions/${name}.svg`
  const actions: ContactAction[] = []
  if (user && profiles.isEnabled(world, user)) {
    const hyperlink = `${baseUrl}/index.php/u/${encodeURIComponent(user.id)}`
    actions.push({ title: 'View profile', icon: icon('profile'), hyperlink, appId: 'profile' })
  }
  if (user) {
    const title = localTime(world, user, users.find(world, viewer))
    actions.push({ title, icon: icon('recent'), hyperlink: '#', appId: 'timezone' })
  }
  const byName = card.emails.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
  for (const email of byName)
    actions.push({ title: email, icon: icon('mail'), hyperlink: `mailto:${email}`, appId: 'email' })
  return actions
}

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
