import { defineCapabilities } from '../../src/endpoint.ts'

export const capabilities = defineCapabilities({
  app: 'systemtags',
  public: false,
  build: () => ({ systemtags: { enabled: true } }),
})
