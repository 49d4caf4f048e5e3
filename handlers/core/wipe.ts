import { defineRoute, type RouteArguments } from '#app/index.ts'
import { type Answer, bare, jsonAnswer } from '#line/call.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as notifications from '#world/notices/notifications.ts'
import type { World } from '#world/world.ts'

const answer = (status: number, value: unknown) =>
  jsonAnswer(status, value, [['Cache-Control', 'no-cache, no-store, must-revalidate']])

/** What a device asks whose app password stopped working: was it told to wipe what it holds? */
export const checkWipe = defineRoute({
  id: 'core-wipe-check-wipe',
  app: 'core',
  methods: ['POST'],
  path: '/index.php/core/wipe/check',
  identify: true,
  summary: 'Whether a device is to wipe what it holds of its account',
  handle: (args) =>
    withToken(args, (token) => {
      if (!token) return answer(404, [])
      notifyOwner(args.world, token, 'remote_wipe_start')
      return answer(200, { wipe: true })
    }),
})

export const wipeDone = defineRoute({
  id: 'core-wipe-wipe-done',
  app: 'core',
  methods: ['POST'],
  path: '/index.php/core/wipe/success',
  identify: true,
  summary: 'A device says that it has wiped what it held; its app password is gone then',
  handle: (args) =>
    withToken(args, (token) => {
      if (!token) return answer(404, [])
      tokens.revoke(args.world, token.token)
      notifyOwner(args.world, token, 'remote_wipe_finish')
      return answer(200, [])
    }),
})

/** The token that came, if its device is to wipe. Without any, the controller is not called. */
async function withToken(
  { parameters, world }: RouteArguments,
  act: (token: tokens.Token | null) => Answer,
): Promise<Answer> {
  const value = (await parameters()).token
  if (typeof value !== 'string') return bare(400)
  const token = tokens.find(world, value)
  return act(token?.wipe ? token : null)
}

function notifyOwner(world: World, { userId, id, name }: tokens.Token, subject: string): void {
  const about = { app: 'auth', userId, objectType: 'token', objectId: String(id) }
  notifications.notify(world, { ...about, subject, subjectParameters: { name } })
}
