import { defineApp } from '#app/index.ts'
import { approve, disapprove, poll } from './attempts.ts'
import { loginNotifier } from './login-notifier.ts'
import { loginAttemptReactions, loginAttemptsTable } from './state.ts'

export const app = defineApp('twofactor_nextcloud_notification', {
  endpoints: [approve, disapprove, poll],
  tables: [loginAttemptsTable],
  reactions: [loginAttemptReactions],
  notifiers: [loginNotifier],
})
