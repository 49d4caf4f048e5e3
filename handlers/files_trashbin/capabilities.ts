import { defineCapabilities } from '../../src/endpoint.ts'
import { getSystemBool } from '../../src/world/config.ts'

export const capabilities = defineCapabilities({
  app: 'files_trashbin',
  public: false,
  build: ({ world }) => ({
    files: { undelete: true, delete_from_trash: getSystemBool(world, 'files.trash.delete', true) },
  }),
})
