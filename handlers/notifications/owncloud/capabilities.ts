import { defineCapabilities } from '#app/capabilities.ts'

export const ofOwncloud = defineCapabilities({
  products: ['owncloud'],
  public: false,
  build: () => ({ notifications: { 'ocs-endpoints': ['list', 'get', 'delete'] } }),
})
