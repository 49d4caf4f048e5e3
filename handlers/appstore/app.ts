import { defineApp } from '#app/index.ts'
import * as apps from './apps.ts'

export const app = defineApp('appstore', {
  endpoints: [
    apps.listCategories,
    apps.listApps,
    apps.enableApp,
    apps.disableApp,
    apps.uninstallApp,
    apps.updateApp,
    apps.enableBundle,
  ],
})
