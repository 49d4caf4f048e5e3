import { defineCapabilities } from '#app/index.ts'
import { settingsOf } from './state.ts'

/** Versions of its interface, as clients read them: in the capabilities and in a header. */
export const API_VERSIONS = ['0.2', '1.3', '1.4']

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world, actor }) => ({
    notes: {
      api_version: API_VERSIONS,
      version: '6.0.2',
      ...(actor.userId === null ? {} : { notes_path: settingsOf(world, actor.userId).notesPath }),
    },
  }),
})
