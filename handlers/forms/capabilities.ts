import { defineCapabilities } from '#app/index.ts'

export const FORMS_VERSION = '5.3.0'

export const capabilities = defineCapabilities({
  public: false,
  build: () => ({ forms: { version: FORMS_VERSION, apiVersions: ['v3'] } }),
})
