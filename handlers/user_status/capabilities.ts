import { defineCapabilities } from '#app/capabilities.ts'

export const capabilities = defineCapabilities({
  public: false,
  members: { 'user_status/supports_busy': { since: 32 } },
  build: () => ({ user_status: { enabled: true, restore: true, supports_emoji: true, supports_busy: true } }),
})
