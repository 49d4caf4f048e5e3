import { defineCapabilities } from '#app/capabilities.ts'
import type { PhpArray } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getApp, getSystemBool, getSystemInt } from '#world/settings/config.ts'
import * as settings from '#world/sharing/settings.ts'
import type { World } from '#world/world.ts'

export const capabilities = defineCapabilities({
  public: false,
  members: {
    'files_sharing/public/custom_tokens': { since: 31 },
    'files_sharing/sharee/minSearchStringLength': { since: 34 },
    'files_sharing/exclude_reshare_from_edit': { since: 33 },
  },
  build: ({ world, actor }) => {
    const mine = actor.userId === null ? [] : groups.groupsOf(world, actor.userId)
    return {
      files_sharing: {
        ...(settings.isApiEnabled(world) ? sharing(world, mine) : SWITCHED_OFF),
        federation: federation(world),
        sharee: {
          minSearchStringLength: getSystemInt(world, 'sharing.minSearchStringLength', 0),
          query_lookup_default: getSystemBool(world, 'gs.enabled', false),
          always_show_unique: settings.showsUnique(world),
        },
      },
    }
  },
})

const SWITCHED_OFF: PhpArray = {
  api_enabled: false,
  public: { enabled: false },
  user: { send_mail: false },
  resharing: false,
}

function sharing(world: World, groupsOfUser: readonly string[]): PhpArray {
  return {
    api_enabled: true,
    public: settings.allowsLinks(world, groupsOfUser) ? links(world, groupsOfUser) : { enabled: false },
    resharing: getApp(world, 'core', 'shareapi_allow_resharing', 'yes') === 'yes',
    user: { send_mail: false, expire_date: { enabled: true } },
    group_sharing: settings.allowsGroups(world),
    group: { enabled: settings.allowsGroups(world), expire_date: { enabled: true } },
    default_permissions: settings.defaultPermissions(world),
    exclude_reshare_from_edit: settings.excludesReshareFromEdit(world),
  }
}

function links(world: World, groupsOfUser: readonly string[]): PhpArray {
  const enforced = settings.enforcesPassword(world, groupsOfUser)
  const upload = settings.allowsPublicUpload(world)
  return {
    enabled: true,
    password: { enforced, askForOptionalPassword: !enforced && settings.asksForPassword(world) },
    expire_date: expiry(world, 'link'),
    multiple_links: true,
    expire_date_internal: expiry(world, 'internal'),
    expire_date_remote: expiry(world, 'remote'),
    send_mail: settings.notifiesPublicly(world),
    upload,
    upload_files_drop: upload,
    custom_tokens: settings.allowsCustomTokens(world),
  }
}

function expiry(world: World, kind: settings.ExpiryKind): PhpArray {
  const { byDefault, days, enforced } = settings.expiryRule(world, kind)
  return byDefault ? { enabled: true, days, enforced } : { enabled: false }
}

function federation(world: World): PhpArray {
  const enabled = isEnabled(world, 'federation')
  return {
    outgoing: enabled && settings.allowsOutgoingRemote(world),
    incoming: enabled && settings.allowsIncomingRemote(world),
    expire_date: { enabled },
    expire_date_supported: { enabled },
  }
}
