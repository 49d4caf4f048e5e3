import { defineCapabilities } from '#line/endpoint.ts'

export const capabilities = defineCapabilities({
  app: 'activity',
  public: false,
  build: () => ({ activity: { apiv2: ['filters', 'filters-api', 'previews', 'rich-strings'] } }),
})
