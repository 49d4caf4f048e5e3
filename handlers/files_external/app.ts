import { defineApp } from '#app/index.ts'
import { getUserMounts } from './mounts.ts'
import { getUserMounts as getOwncloudUserMounts } from './owncloud/mounts.ts'

export const app = defineApp('files_external', {
  endpoints: [getUserMounts, getOwncloudUserMounts],
})
