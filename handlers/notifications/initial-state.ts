import { defineInitialState } from '#app/index.ts'
import { getApp, getUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const APP = 'notifications'

const sounds = (world: World, userId: string, key: string): boolean =>
  getUser(world, userId, APP, key, getApp(world, APP, key, '0')) === '1'

export const soundStates = defineInitialState({
  provide: ({ world, actor }) => ({
    sound_notification: sounds(world, actor.userId!, 'sound_notification'),
    sound_talk: sounds(world, actor.userId!, 'sound_talk'),
    throttled_push_notifications: false,
  }),
})
