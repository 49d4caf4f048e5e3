import { defineCapabilities } from '#app/capabilities.ts'

export const ofOwncloud = defineCapabilities({
  products: ['owncloud'],
  public: false,
  build: () => ({
    files: {
      privateLinks: true,
      privateLinksDetailsParam: true,
      bigfilechunking: true,
      blacklisted_files: ['.htaccess'],
    },
  }),
})
