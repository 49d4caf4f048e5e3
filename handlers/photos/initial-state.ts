import { defineInitialState } from '#app/index.ts'

/** What photos shows, on its own page and in its widget. */
export const mimeStates = defineInitialState({
  pages: ['photos', 'dashboard'],
  provide: () => ({
    'image-mimes': ['image/png', 'image/jpeg', 'image/heic', 'image/webp'],
    'video-mimes': ['video/mp4', 'video/quicktime'],
  }),
})
