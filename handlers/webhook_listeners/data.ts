import { defineProfileData } from '#app/index.ts'

/** PHP classes of events that webhooks can be called for. */
export const webhookEvents = defineProfileData<readonly string[]>('webhook-events')
