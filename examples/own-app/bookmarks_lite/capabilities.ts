import { defineCapabilities } from 'ocs-mock'

/** Clients look here whether the app is there, and what it can do. */
export const capabilities = defineCapabilities({
  public: false,
  build: () => ({ bookmarks_lite: { version: 1, features: ['export'] } }),
})
