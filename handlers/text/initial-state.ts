import { defineInitialState } from '#app/index.ts'
import { getApp, getUser } from '#world/settings/config.ts'

const APP = 'text'
const OFFLINE_SECONDS = 300

/** What the editor begins with. */
export const editorStates = defineInitialState({
  pages: ['files'],
  provide: ({ world, actor }) => {
    const setting = (key: string, fallback: string) => getApp(world, APP, key, fallback)
    const own = (key: string, fallback: string) => getUser(world, actor.userId!, APP, key, fallback) === '1'
    return {
      workspace_available: setting('workspace_available', '1') === '1',
      workspace_enabled: own('workspace_enabled', setting('workspace_enabled', '1')),
      open_read_only_enabled: setting('open_read_only_enabled', '0') === '1',
      default_file_extension: setting('default_file_extension', 'md'),
      rich_editing_enabled: setting('rich_editing_enabled', '1') === '1',
      translation_available: false,
      taskprocessing: [],
      notify_push: setting('notify_push', '1') === '1',
      is_full_width_editor: own('is_full_width_editor', '0'),
      offline_readonly_delay: OFFLINE_SECONDS,
    }
  },
})
