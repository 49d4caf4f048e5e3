import { defineApp } from '#app/index.ts'
import { passwordHistoryReactions } from '#world/accounts/password-policy.ts'
import { capabilities } from './capabilities.ts'
import { generatePassword, validatePassword } from './passwords.ts'
import { passwordStories } from './stories.ts'

export const app = defineApp('password_policy', {
  endpoints: [validatePassword, generatePassword],
  capabilities: [capabilities],
  stories: passwordStories,
  reactions: [passwordHistoryReactions],
})
