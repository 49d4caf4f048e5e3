import { defineCapabilities } from '#app/capabilities.ts'

export const ofOwncloud = defineCapabilities({
  products: ['owncloud'],
  public: false,
  build: () => ({ dav: { chunking: '1.0', reports: ['search-files'] } }),
})
