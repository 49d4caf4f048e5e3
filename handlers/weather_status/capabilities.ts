import { defineCapabilities } from '#line/endpoint.ts'

export const capabilities = defineCapabilities({
  app: 'weather_status',
  public: false,
  build: () => ({ weather_status: { enabled: true } }),
})
