import { defineCapabilities } from '#app/capabilities.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: () => ({ user_status: { enabled: true, restore: true, supports_emoji: true, supports_busy: true } }),
})
