import { defineCapabilities } from '#app/capabilities.ts'

export const capabilities = defineCapabilities({
  public: false,
  since: 32,
  build: () => ({ systemtags: { enabled: true } }),
})
