import { defineCapabilities } from '#line/endpoint.ts'

export const capabilities = defineCapabilities({
  app: 'files_lock',
  public: false,
  build: () => ({ files: { locking: '1.0', 'api-feature-lock-type': true } }),
})
