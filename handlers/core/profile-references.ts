import { defineReferenceProvider, type Reference, type ReferenceContext } from '#app/index.ts'
import { urlencode } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import { getAppBool } from '#world/settings/config.ts'
import * as profiles from './state/account-profiles.ts'

export const profileReferences = defineReferenceProvider({
  since: 34,
  picker: { id: 'profile_picker', title: 'Profile picker', icon: '/apps/profile/img/app-dark.svg', order: 10 },
  resolve(address, context) {
    const userId = profileIn(address, context)
    if (userId === null) return 'unknown'
    const user = users.find(context.world, userId)
    return user && profiles.isEnabled(context.world, user) ? describe(user, { userId, address }, context) : null
  },
})

/** The id in the address of a profile, or `null`. */
function profileIn(address: string, { world, baseUrl }: ReferenceContext): string | null {
  if (!profiles.isEnabled(world) || !getAppBool(world, 'settings', 'profile_picker_enabled', true)) return null
  for (const base of [`${baseUrl}/u/`, `${baseUrl}/index.php/u/`]) {
    if (address.startsWith(base) && /^\w+$/.test(address.slice(base.length))) return address.slice(base.length)
  }
  return null
}

const SHORT_BIOGRAPHY = 80

/** The id is the one in the address, however the account writes its own. */
function describe(
  user: users.User,
  { userId, address }: { readonly userId: string; readonly address: string },
  { world, baseUrl, me }: ReferenceContext,
): Reference {
  const shown = (field: string) =>
    profiles.isVisible(world, user, field, me) ? profiles.textOf(world, user, field) : null
  const fullBio = shown('biography')
  const location = shown('address')
  const subline = user.email ?? user.displayName
  const object = {
    user_id: userId,
    title: user.displayName,
    subline,
    email: user.email,
    bio: fullBio ? shortened(fullBio) : null,
    full_bio: fullBio,
    headline: shown('headline'),
    location,
    location_url: location === null ? null : `https://www.openstreetmap.org/search?query=${urlencode(location)}`,
    website: shown('website'),
    organisation: shown('organisation'),
    role: shown('role'),
    url: address,
  }
  return {
    title: user.displayName,
    description: subline,
    imageUrl: `${baseUrl}/index.php/avatar/${encodeURIComponent(userId)}/64`,
    richObject: { type: 'profile_widget', object },
  }
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.slice(0, SHORT_BIOGRAPHY).join('') + (characters.length > SHORT_BIOGRAPHY ? '...' : '')
}
