import { defineCapabilities } from '#app/capabilities.ts'
import type { PhpArray } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import { getApp } from '#world/settings/config.ts'
import * as settings from '#world/sharing/settings.ts'
import type { World } from '#world/world.ts'

export const ofOwncloud = defineCapabilities({
  products: ['owncloud'],
  public: false,
  build: ({ world, actor }) => ({
    files_sharing: settings.isApiEnabled(world)
      ? sharing(world, actor.userId === null ? [] : groups.groupsOf(world, actor.userId))
      : { api_enabled: false, can_share: false, ...FEDERATION, search_min_length: SEARCH_MIN_LENGTH },
  }),
})

const FEDERATION: PhpArray = { federation: { outgoing: true, incoming: true } }
const SEARCH_MIN_LENGTH = 2

function sharing(world: World, groupsOfUser: readonly string[]): PhpArray {
  const isYes = (key: string, otherwise: 'yes' | 'no') => getApp(world, 'core', key, otherwise) === 'yes'
  return {
    api_enabled: true,
    public: settings.allowsLinks(world, groupsOfUser) ? links(world, groupsOfUser) : { enabled: false },
    user: { send_mail: false },
    resharing: isYes('shareapi_allow_resharing', 'yes'),
    group_sharing: settings.allowsGroups(world),
    auto_accept_share: isYes('shareapi_auto_accept_share', 'yes'),
    share_with_group_members_only: true,
    share_with_membership_groups_only: true,
    can_share: !settings.isExcluded(world, groupsOfUser),
    user_enumeration: { enabled: settings.enumeration(world).allowed, group_members_only: false },
    default_permissions: settings.defaultPermissions(world),
    ...FEDERATION,
    search_min_length: SEARCH_MIN_LENGTH,
  }
}

function links(world: World, groupsOfUser: readonly string[]): PhpArray {
  const enforced = settings.enforcesPassword(world, groupsOfUser)
  const { byDefault, days, enforced: endIsEnforced } = settings.expiryRule(world, 'link')
  return {
    enabled: true,
    password: { enforced_for: { read_only: enforced, read_write: enforced, upload_only: enforced }, enforced },
    expire_date: byDefault ? { enabled: true, days, enforced: endIsEnforced } : { enabled: false },
    send_mail: settings.notifiesPublicly(world),
    social_share: true,
    upload: settings.allowsPublicUpload(world),
    multiple: true,
    supports_upload_only: true,
    defaultPublicLinkShareName: 'Public link',
  }
}
