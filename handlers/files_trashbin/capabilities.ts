import { defineCapabilities } from '#app/capabilities.ts'
import { getSystemBool } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  public: false,
  members: { 'files/delete_from_trash': { since: 32 } },
  build: ({ world }) => ({
    files: { undelete: true, delete_from_trash: getSystemBool(world, 'files.trash.delete', true) },
  }),
})
