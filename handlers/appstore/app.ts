import { defineApp } from '#app/index.ts'
import * as apps from './apps.ts'
import { store } from './apps.ts'
import { appSearch } from './search.ts'

export const app = defineApp('appstore', {
  data: [store],
  endpoints: [
    apps.listCategories,
    apps.listApps,
    apps.enableApp,
    apps.disableApp,
    apps.uninstallApp,
    apps.updateApp,
    apps.enableBundle,
  ],
  searchProviders: [appSearch],
})
