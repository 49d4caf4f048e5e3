import { defineCapabilities } from '#line/endpoint.ts'

export const capabilities = defineCapabilities({
  app: 'systemtags',
  public: false,
  build: () => ({ systemtags: { enabled: true } }),
})
