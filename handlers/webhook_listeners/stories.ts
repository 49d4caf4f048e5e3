import { by, defineStories } from '#app/story.ts'

const admin = by('admin')
const alice = by('alice')

const WEBHOOKS = '/apps/webhook_listeners/api/v1/webhooks'
const WEBHOOK = `${WEBHOOKS}/{webhook}`
/** Nobody causes this event on a server without the app. */
const EVENT = 'OCA\\Forms\\Events\\FormSubmittedEvent'
const OWN = { httpMethod: 'POST', uri: 'https://ocsmock.invalid/{own}hook', event: EVENT }

export const webhookStories = defineStories([
  {
    name: 'a webhook',
    apps: ['webhook_listeners'],
    ids: { id: 'webhook' },
    steps: [
      admin.get(WEBHOOKS, { uri: OWN.uri }),
      admin.post(WEBHOOKS, { ...OWN, userIdFilter: '{alice}' }, { capture: { webhook: '/id' } }),
      admin.get(WEBHOOKS, { uri: OWN.uri }),
      admin.get(WEBHOOK),
      alice.get(WEBHOOK),
      admin.post(WEBHOOK, { ...OWN, httpMethod: 'PUT', userIdFilter: '{alice}' }),
      admin.get(WEBHOOK),
      admin.delete(WEBHOOK),
      admin.get(WEBHOOK),
      admin.delete(WEBHOOK),
    ],
  },
])
