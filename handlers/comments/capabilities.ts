import { defineCapabilities } from '../../src/endpoint.ts'

export const capabilities = defineCapabilities({
  app: 'comments',
  public: false,
  build: () => ({ files: { comments: true } }),
})
