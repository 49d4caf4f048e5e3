import { defineApp } from '#app/index.ts'
import { getAppChangelog, getAppList } from './updates.ts'

export const app = defineApp('updatenotification', {
  endpoints: [getAppList, getAppChangelog],
})
