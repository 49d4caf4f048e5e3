import { defineApp } from '#app/index.ts'
import { downloadLimitReactions } from '#world/sharing/download-limits.ts'
import { capabilities } from './capabilities.ts'
import { defaultLimit } from './initial-state.ts'
import { getLimit, removeDefault, removeLimit, setDefault, setLimit } from './limits.ts'

import { limitStories } from './stories.ts'

export const app = defineApp('files_downloadlimit', {
  stories: [...limitStories],
  endpoints: [getLimit, setLimit, removeLimit, setDefault, removeDefault],
  capabilities: [capabilities],
  reactions: [downloadLimitReactions],
  initialStates: [defaultLimit],
})
