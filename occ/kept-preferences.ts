import { groupsOf } from '#world/accounts/groups.ts'
import { idOf } from '#world/accounts/party-id.ts'
import type { User } from '#world/accounts/users.ts'
import { drawnAccounts } from '#world/files/appdata.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

const wasDrawn = (world: World, user: User) => drawnAccounts(world).some(({ id }) => id === user.id)
const loggedIn = (user: User) => user.lastLogin > 0

/**
 * What apps note of an account by themselves, by `app/key`; `null`: not yet. Pictures are drawn for all but the account of
 * the installation, once more for a name; a login is noted, and its files are laid out; shares are looked for when
 * somebody logs in or comes to a group (Nextcloud 34.0.1, asked).
 */
const KEPT: Readonly<Record<string, (world: World, user: User) => string | null>> = {
  'activity/configured': (_, user) => (loggedIn(user) ? 'yes' : null),
  'avatar/generated': (world, user) => (wasDrawn(world, user) ? 'true' : null),
  'avatar/version': (world, user) => (wasDrawn(world, user) && user.named ? '1' : null),
  'circles/userSingleId': (world, user) => idOf(world, user.id),
  'core/templateDirectory': (_, user) => (loggedIn(user) ? '' : null),
  'files_sharing/user_needs_share_refresh': (world, user) =>
    loggedIn(user) || groupsOf(world, user.id).length > 0 ? '' : null,
  'password_policy/failedLoginAttempts': (_, user) => (loggedIn(user) ? '0' : null),
}

/** Apps that are part of the server itself, and note what they note whatever is enabled. */
const OF_SERVER = ['avatar', 'core']

/** What is kept of an account, in the order in which a server lists it. */
export function keptPreferences(world: World, user: User): { app: string; key: string; value: string }[] {
  return Object.entries(KEPT).flatMap(([name, read]) => {
    const [app = '', key = ''] = name.split('/')
    const value = OF_SERVER.includes(app) || isEnabled(world, app) ? read(world, user) : null
    return value === null ? [] : [{ app, key, value }]
  })
}
