import { defineApp } from '#app/index.ts'
import { backends } from './backends.ts'
import { getUserMounts } from './mounts.ts'
import { commands } from './occ.ts'
import { getUserMounts as getOwncloudUserMounts } from './owncloud/mounts.ts'
import { mountReactions, mountsTable } from './state.ts'

export const app = defineApp('files_external', {
  data: [backends],
  endpoints: [getUserMounts, getOwncloudUserMounts],
  tables: [mountsTable],
  reactions: [mountReactions],
  commands: [...commands],
})
