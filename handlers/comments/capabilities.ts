import { defineCapabilities } from '#line/endpoint.ts'

export const capabilities = defineCapabilities({
  app: 'comments',
  public: false,
  build: () => ({ files: { comments: true } }),
})
