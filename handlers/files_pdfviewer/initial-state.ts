import { defineInitialState } from '#app/index.ts'
import * as settings from '#world/sharing/settings.ts'

export const viewerStates = defineInitialState({
  pages: ['files'],
  provide: ({ world }) => ({ allowViewWithoutDownload: settings.allowsViewWithoutDownload(world) }),
})
