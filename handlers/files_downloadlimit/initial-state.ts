import { defineInitialState } from '#app/index.ts'
import { getApp } from '#world/settings/config.ts'

export const defaultLimit = defineInitialState({
  pages: ['files'],
  provide: ({ world }) => ({
    'default-download-limit': Number(getApp(world, 'files_downloadlimit', 'default-download-limit', '-1')),
  }),
})
