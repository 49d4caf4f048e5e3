import { defineApp } from '#app/index.ts'
import { endedLockJob, fileLockReactions } from '#world/files/locks.ts'
import { capabilities } from './capabilities.ts'
import { lockFile, unlockFile } from './locks.ts'
import { lockCommands } from './occ.ts'

export const app = defineApp('files_lock', {
  endpoints: [lockFile, unlockFile],
  capabilities: [capabilities],
  reactions: [fileLockReactions],
  backgroundJobs: [endedLockJob],
  commands: lockCommands,
})
