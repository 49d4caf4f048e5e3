import { defineEndpoint, s } from '#app/index.ts'
import * as contacts from '#world/accounts/contacts.ts'
import * as users from '#world/accounts/users.ts'
import { contactActions } from './contact-actions.ts'

const action = s.object({ title: s.words(), icon: s.string(), hyperlink: s.string(), appId: s.string() })

/** What shows when the pointer rests on somebody's name: those are found that have a card in the address book of accounts. */
export const getUser = defineEndpoint({
  id: 'core-hover_card-get-user',
  app: 'core',
  method: 'GET',
  path: '/hovercard/v1/{userId}',
  access: 'user',
  summary: 'An account’s name and ways to reach it',
  output: s.object({ userId: s.string(), displayName: s.string(), actions: s.list(action) }),
  responses: { 404: s.empty() },
  probe: { userId: '$me' },
  handle: ({ input, me, world, request, ok, respond }) => {
    const user = users.find(world, input.userId)
    const card = user?.id === input.userId ? contacts.findAccount(world, user, me) : undefined
    if (!user || !card) return respond(404)
    const actions = contactActions(world, request.baseUrl, me, card, user).map((one) => ({ ...one }))
    return ok({ userId: input.userId, displayName: card.name, actions })
  },
})
