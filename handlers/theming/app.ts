import { defineApp } from '#app/index.ts'
import { undoAllChanges, undoChange, updateStylesheet, uploadImage } from './admin-settings.ts'
import { capabilities } from './capabilities.ts'
import { themedImages } from './images.ts'
import { shortcuts, themingData } from './initial-state.ts'
import { themingCommands } from './occ.ts'
import { manifest, manifestOfApp, themedImage, themeStyles } from './pages.ts'
import { favicon, faviconOfApp, themedIcon, touchIcon, touchIconOfApp } from './pictures.ts'
import { themingStories } from './stories.ts'
import { disableTheme, enableTheme } from './themes.ts'
import { uploadedImagesTable } from './uploaded.ts'

export const app = defineApp('theming', {
  endpoints: [enableTheme, disableTheme],
  routes: [
    ...[touchIcon, touchIconOfApp, favicon, faviconOfApp, manifest, manifestOfApp, themeStyles, themedImage],
    themedIcon,
    ...[updateStylesheet, uploadImage, undoChange, undoAllChanges],
  ],
  tables: [uploadedImagesTable],
  imageReplacements: [themedImages],
  capabilities: [capabilities],
  stories: themingStories,
  commands: themingCommands,
  initialStates: [shortcuts, themingData],
})
