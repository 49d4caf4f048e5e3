import { defineCapabilities } from '#line/endpoint.ts'
import { getSystemBool } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  app: 'files_trashbin',
  public: false,
  build: ({ world }) => ({
    files: { undelete: true, delete_from_trash: getSystemBool(world, 'files.trash.delete', true) },
  }),
})
