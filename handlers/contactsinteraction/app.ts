import { defineApp } from '#app/index.ts'
import { forgetRecentContacts, recentContactReactions, recentContactsTable } from './state.ts'

export const app = defineApp('contactsinteraction', {
  tables: [recentContactsTable],
  reactions: recentContactReactions,
  backgroundJobs: [forgetRecentContacts],
})
