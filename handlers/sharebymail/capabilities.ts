import { defineCapabilities } from '../../src/endpoint.ts'
import { isEnabledFor } from '../../src/world/apps.ts'
import { getApp } from '../../src/world/config.ts'
import * as groups from '../../src/world/groups.ts'
import { allowsLinks, enforcesPassword, expiryRule } from '../../src/world/sharing/settings.ts'

export const capabilities = defineCapabilities({
  app: 'sharebymail',
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
