import { defineCapabilities } from '#line/endpoint.ts'

export const capabilities = defineCapabilities({
  app: 'user_status',
  public: false,
  build: () => ({ user_status: { enabled: true, restore: true, supports_emoji: true, supports_busy: true } }),
})
