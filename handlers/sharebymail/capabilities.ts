import { defineCapabilities } from '#app/capabilities.ts'
import * as groups from '#world/accounts/groups.ts'
import { isEnabledFor } from '#world/settings/apps.ts'
import { getApp } from '#world/settings/config.ts'
import { allowsLinks, enforcesPassword, expiryRule } from '#world/sharing/settings.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world, actor }) => {
    if (!isEnabledFor(world, 'files_sharing', actor.userId)) return {}
    const mine = actor.userId === null ? [] : groups.groupsOf(world, actor.userId)
    return {
      files_sharing: {
        sharebymail: {
          enabled: allowsLinks(world, mine),
          send_password_by_mail: getApp(world, 'sharebymail', 'sendpasswordmail', 'yes') === 'yes',
          upload_files_drop: { enabled: true },
          password: { enabled: true, enforced: enforcesPassword(world, mine) },
          expire_date: { enabled: true, enforced: expiryRule(world, 'link').enforced },
        },
      },
    }
  },
})
