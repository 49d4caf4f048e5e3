import { defineCapabilities } from '#app/capabilities.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: () => ({ files: { locking: '1.0', 'api-feature-lock-type': true } }),
})
