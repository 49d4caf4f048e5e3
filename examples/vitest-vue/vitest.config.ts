import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    environment: 'happy-dom',
    // The first test transforms what it imports.
    testTimeout: 60_000,
    // Nextcloud's components import style sheets, which Vite reads and Node does not.
    server: { deps: { inline: [/@nextcloud\//] } },
  },
})
