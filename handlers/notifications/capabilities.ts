import { defineCapabilities } from '#app/capabilities.ts'
import { getAppBool } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world }) => {
    const webPush = getAppBool(world, 'notifications', 'webpush_enabled', false)
    const browsers = webPush && getAppBool(world, 'notifications', 'webpush_browsers_enabled', false)
    return {
      notifications: {
        'ocs-endpoints': [
          'list',
          'get',
          'delete',
          'delete-all',
          'icons',
          'rich-strings',
          'action-web',
          'user-status',
          'exists',
          'test-push',
        ],
        push: [
          'devices',
          'object-data',
          'delete',
          ...(webPush ? ['webpush'] : []),
          ...(browsers ? ['webpush-browsers'] : []),
        ],
        'admin-notifications': ['ocs', 'cli'],
      },
    }
  },
})
