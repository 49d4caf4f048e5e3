import { defineCapabilities } from '#app/capabilities.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: () => ({ activity: { apiv2: ['filters', 'filters-api', 'previews', 'rich-strings'] } }),
})
