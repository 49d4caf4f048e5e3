import { defineApp } from '#app/index.ts'
import { webhookEvents } from './data.ts'
import { webhookListener } from './listener.ts'
import { webhookCommands } from './occ.ts'
import { webhooksTable } from './state.ts'
import { webhookStories } from './stories.ts'
import {
  createWebhook,
  deleteWebhook,
  deleteWebhooksOfApp,
  listWebhooks,
  showWebhook,
  updateWebhook,
} from './webhooks.ts'

export const app = defineApp('webhook_listeners', {
  data: [webhookEvents],
  stories: [...webhookStories],
  endpoints: [listWebhooks, showWebhook, createWebhook, updateWebhook, deleteWebhook, deleteWebhooksOfApp],
  tables: [webhooksTable],
  listeners: [webhookListener],
  commands: webhookCommands,
})
