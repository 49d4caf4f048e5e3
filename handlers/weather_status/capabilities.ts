import { defineCapabilities } from '#app/capabilities.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: () => ({ weather_status: { enabled: true } }),
})
