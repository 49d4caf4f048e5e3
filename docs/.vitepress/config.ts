import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { readPages, sidebarOf } from './pages.ts'

const docs = fileURLToPath(new URL('..', import.meta.url))

/** The manual: `npm run docs:build`. A link that leads nowhere ends the build. */
export default defineConfig({
  title: 'ocs-mock',
  description: 'A stateful double of the OCS API of Nextcloud, for contract testing',
  cleanUrls: false,
  lastUpdated: false,
  // Addresses of this machine are examples.
  ignoreDeadLinks: 'localhostLinks',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    search: { provider: 'local' },
    sidebar: sidebarOf(readPages(docs)),
    outline: [2, 3],
  },
  vite: { build: { chunkSizeWarningLimit: 2000 } },
})
