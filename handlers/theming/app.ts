import { defineApp } from '#app/index.ts'
import { capabilities } from './capabilities.ts'
import { themedImages } from './images.ts'
import { disableTheme, enableTheme } from './themes.ts'

export const app = defineApp('theming', {
  endpoints: [enableTheme, disableTheme],
  imageReplacements: [themedImages],
  capabilities: [capabilities],
})
